// rule: r-function-declaration
f(); function f() { return 5 } // -> 5
function f() { return 1 } function f() { return 2 } f() // -> 2
[typeof f, f.name, f.length]; function f(a, b) {} // -> ["function", "f", 2]
var f; function f() {} typeof f // -> "function"
function f() {} var f = 1; f // -> 1
function () {} // -> syntax error
function if() {} // -> syntax error
function f(a b) {} // -> syntax error
[globalThis.f === f, delete globalThis.f]; function f() {} // -> [true, false]
function f() { return g(); function g() { return 1 } function g() { return 2 } } f() // -> 2
(function () { function f() { return g(); function g() { return 1 } function g() { return 2 } } return f() })() // -> 2
