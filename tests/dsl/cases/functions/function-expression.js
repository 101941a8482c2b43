// rule: r-function-expression
var f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }; [f(5), typeof fact] // -> [120, "undefined"]
(function () { return 1 })() // -> 1
(function f() { f = 5; return typeof f })() // -> "function"
"use strict"; (function f() { f = 5 })() // -> throws TypeError
(function f() { var f = 5; return f })() // -> 5
(function f(f) { return f })(6) // -> 6
!function () { return 0 }() // -> true
(function f() { return (() => f)() === f })() // -> true
(function f() { function f() { return 2 } return f() })() // -> 2
(function f(){ 'use strict'; f = 1 })() // -> throws TypeError
(function f(){ f = 1; f += 2; f++; return typeof f })() // -> "function"
(function () { var f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }; return f(10) })() // -> 3628800
(function () { var f = function g() { g = 1; return typeof g }; return f() })() // -> "function"
(function () { return (function f() { return typeof f })() + (function f() { var f; return typeof f })() + (function f(f) { return typeof f })(1) })() // -> "functionundefinednumber"
(function () { return (function f() { return (() => f)() === f })() })() // -> true
(function () { return (function f() { 'use strict'; try { f = 1 } catch (e) { return e.name } })() })() // -> "TypeError"
(function () { return (function f() { (() => { f = 1 })(); return typeof f })() })() // -> "function"
