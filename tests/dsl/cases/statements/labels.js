// rule: r-labels
a: b: for (;;) { break b } 1 // -> 1
a: 5 // -> 5
a: { a2: { break a } } // -> undefined
a: a: 1 // -> early error 1:4
a: 1; a: 2 // -> 2
a: function f() { return 1 } f() // -> 1
"use strict"; a: function f() {} // -> early error
a: let b // -> syntax error
yield: 1 // -> 1
while (0) a: function f() {} // -> early error
a: b: function f(){ return 1 } f() // -> 1
if (1) a: function f(){} // -> early error 1:11
a: for (var i=0;i<3;i++) { for (;;) { if (i==1) break a; continue a } } i // -> 1
a: { b: { c: { break b } ; 1 } 2 } // -> 2
a: { 1; b: { 2; break a } } // -> 2
label: function g(){ return 1 } g() // -> 1
(function () { var r = []; a: { r.push(1); if (r.length) break a; r.push(2) } return r })() // -> [1]
(function () { a: b: for (;;) { break a } return 1 })() // -> 1
(function () { l: function a() { return 6 } return a() })() // -> 6
(function () { var r = []; a: { b: { r.push(1); break a } r.push(2) } r.push(3); return r })() // -> [1, 3]
(function () { var r = []; a: { b: { r.push(1); break b } r.push(2) } r.push(3); return r })() // -> [1, 2, 3]
(function () { var r = []; a: do { r.push(1); for (;;) { continue a } } while (r.length < 3); return r })() // -> [1, 1, 1]
(function () { a: for (;;) { switch (1) { case 1: for (;;) { break a } } } return 'ok' })() // -> "ok"
