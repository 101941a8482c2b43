// rule: r-hoisting
[typeof a, typeof f]; var a = 1; function f() {} // -> ["undefined", "function"]
var f = 1; function f() {} typeof f // -> "number"
(function (a) { function a() {} return typeof a })(1) // -> "function"
(function (a) { var a; return a })(1) // -> 1
(function (a) { var a = 2; return a })(1) // -> 2
{ f(); function f() { g = 5 } } g // -> 5
(function () { if (0) { var x = 1 } return x })() // -> undefined
try { x = 1 } catch (e) {} var x; x // -> 1
(function () { x = 5; return x; var x })() // -> 5
var x = 1; (function(){ x = 2; var x; })(); x // -> 1
var x = 1; (function(){ delete x; return x; var x = 3 })() // -> undefined
(function(){ a = 1; function a(){} return a })() // -> 1
(function(a){ var a; return a })(3) // -> 3
(function(a){ return typeof a; function a(){} })(3) // -> "function"
(function(a = 1){ return typeof a; function a(){} })(3) // -> "function"
(function () { return [typeof f, f()]; function f() { return 'hoisted' } })() // -> ["function", "hoisted"]
(function () { return [x, f]; var x = 1; { function f() {} } })() // -> [undefined, undefined]
(function () { function f(x) { var x; return x } return f(5) })() // -> 5
(function () { function f(x) { var x = 6; return x } return f(5) })() // -> 6
(function () { function f(x) { function x() {} return typeof x } return f(5) })() // -> "function"
(function () { return a1(); function a1() { return b1() } function b1() { return 'ok' } })() // -> "ok"
