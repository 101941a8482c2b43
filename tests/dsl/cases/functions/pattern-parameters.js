// rule: r-pattern-parameters
(({a, b = 2} = {}) => [a, b])() // -> [undefined, 2]
(({a: {b = 5} = {}} = {}) => b)({a: {}}) // -> 5
(([a, [b]]) => a + b)([1, [2]]) // -> 3
(({a}) => a)() // -> throws TypeError
(([a]) => a)({}) // -> throws TypeError
(({...r}) => r)({x: 1}) // -> {x: 1}
(function ({a, b: a}) {}) // -> early error
