// rule: r-rest-parameters
((a, ...b) => b)(1, 2, 3) // -> [2, 3]
((...a) => a)() // -> []
((...[a, b]) => [a, b])(1, 2) // -> [1, 2]
((...{length}) => length)(1, 2) // -> 2
(function (...a, b) {}) // -> early error
(function (...a = []) {}) // -> syntax error
(...a) => a // -> function
(function (...a) { "use strict" }) // -> early error
(function () { return ((...args) => args.length)(1,2,3) })() // -> 3
(function () { function f(a, ...{length}) { return length } return f(1,2,3) })() // -> 2
