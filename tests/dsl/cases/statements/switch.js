// rule: r-switch
switch (2) { case 1: "a"; case 2: "b"; case 3: "c"; break; case 4: "d" } // -> "c"
switch (9) { case 1: 1; default: "d"; case 2: "after" } // -> "after"
switch ("1") { case 1: "number"; break; case "1": "text" } // -> "text"
switch (NaN) { case NaN: 1; break; default: 2 } // -> 2
var n = 0; switch (1) { case n++: case n++: case n++: } n // -> 2
switch (1) {} // -> undefined
switch (1) { case 1: let a = 5; a } // -> 5
switch (1) { case 0: let a; case 1: a } // -> throws ReferenceError
switch (1) { case 0: let a; case 1: let a } // -> early error
switch (1) { default: default: } // -> early error
switch (1) { case 1: f(); function f() { throw new RangeError("hoisted") } } // -> throws RangeError
var r = []; switch (3) { default: r.push(1); case 1: r.push(2); break; case 2: r.push(3) } r // -> [1, 2]
switch (0) { case -0: "zero" } // -> "zero"
switch (1) { foo } // -> syntax error
var r = []; switch (3) { case 1: r.push(1); default: r.push('d'); case 2: r.push(2); break; case 4: r.push(4); } r.join() // -> "d,2"
switch(1){case 1:case 1:} // -> undefined
switch(1){default:case 2:default:} // -> early error 1:26
switch(1){case 1: function f(){ return 1 } function f(){ return 2 } } f() // -> 2
'use strict'; switch(1){case 1: function f(){} function f(){} } // -> early error 1:48
switch(1){case 1: var f; function f(){} } // -> early error 1:26
switch(1){case 1: let f; case 2: function f(){} } // -> early error 1:34
(function () { var r = []; for (var i = 0; i < 6; i++) { switch (i) { case 0: r.push('z'); case 1: r.push('o'); break; default: r.push('d'); case 4: r.push('f'); continue; case 5: r.push('five') } r.push('|') } return r })() // -> ["z", "o", "|", "o", "|", "d", "f", "d", "f", "f", "five", "|"]
(function () { var r = []; switch (3) { default: r.push(1); case 1: r.push(2); break; case 2: r.push(3) } return r })() // -> [1, 2]
(function () { switch (1) { case 1: let a = 5; return a; default: return 0 } })() // -> 5
(function () { switch (NaN) { case NaN: return 1; default: return 2 } })() // -> 2
(function () { switch ('1') { case 1: return 'n'; case '1': return 's' } })() // -> "s"
(function () { var n = 0; switch (3) { case n++: case n++: case n++: default: } return n })() // -> 3
(function () { var r = []; switch (2) { case 1: r.push(1); default: r.push('d'); case 3: r.push(3) } return r })() // -> ["d", 3]
(function () { var r = []; switch (1) { case 1: { r.push('a'); break } case 2: r.push('b') } return r })() // -> ["a"]
(function () { switch (1) { } return 'empty' })() // -> "empty"
(function () { var r = ''; for (var i = 0; i < 4; i++) switch (i) { case 0: case 2: r += i; break; case 3: r += 't' } return r })() // -> "02t"
(function () { switch (0) { default: let x = 1; var f = () => x } return f() })() // -> 1
