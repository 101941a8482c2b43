// rule: r-parameters
(function (a, b) { return [a, b] })(1) // -> [1, undefined]
(function (a) { return a })(1, 2) // -> 1
(function (a, a) { return a })(1, 2) // -> 2
"use strict"; (function (a, a) {}) // -> early error
(function (a, b, ) { return arguments.length })(1, 2, 3) // -> 3
(function (a, , b) {}) // -> syntax error
(function (a, [a]) {}) // -> early error
function f(a,a){} // -> undefined
(a,a)=>1 // -> early error 1:4
function f(a,a){'use strict'} // -> early error 1:14
function f(a=1,a){} // -> early error 1:16
function f(a,...a){} // -> early error 1:17
({f(a,a){}}) // -> early error 1:7
(function(a, a = 2){}) // -> early error 1:14
(function () { return ((a, b,) => a + b)(1, 2,) })() // -> 3
