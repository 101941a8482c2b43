// rule: r-parameters
(function (a, b) { return [a, b] })(1) // -> [1, undefined]
(function (a) { return a })(1, 2) // -> 1
(function (a, a) { return a })(1, 2) // -> 2
"use strict"; (function (a, a) {}) // -> early error
(function (a, b, ) { return arguments.length })(1, 2, 3) // -> 3
(function (a, , b) {}) // -> syntax error
(function (a, [a]) {}) // -> early error
