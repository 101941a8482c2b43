// rule: r-arrow-functions
(x => x * 2)(4) // -> 8
((a, b = 2, ...c) => [a, b, c])(1) // -> [1, 2, []]
(() => {})() // -> undefined
(() => ({a: 1}))() // -> {a: 1}
(a => b => c => a + b + c)(1)(2)(3) // -> 6
(({a, b: [c]}) => [a, c])({a: 1, b: [2]}) // -> [1, 2]
(function () { return (() => arguments[0])(2) })(1) // -> 1
new (() => 1) // -> throws TypeError
(() => 1).hasOwnProperty("prototype") // -> false
async => 1 // -> function
(async => async)(3) // -> 3
x
=> x // -> syntax error 2:1
(x) => {} || 1 // -> syntax error
() => {}() // -> syntax error
((a, a) => 1) // -> early error
((a.b) => 1) // -> early error
(() => { "use strict"; return this })() === globalThis // -> true
typeof (() => arguments) // -> "function"
(() => arguments)() // -> throws ReferenceError
(function () { return ((a, b) => a + b)(1, 2) })() // -> 3
(function () { return (() => ({x: 1}))() })() // -> {x: 1}
(function () { return (a => b => c => a + b + c)(1)(2)(3) })() // -> 6
(function () { return ((a, b = a, [c, d] = [b, a], {e = d} = {}) => [a, b, c, d, e])(1) })() // -> [1, 1, 1, 1, 1]
(function () { return (() => { })() })() // -> undefined
(function () { return (() => ({}))() })() // -> {}
