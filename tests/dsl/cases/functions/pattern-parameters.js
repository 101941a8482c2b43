// rule: r-pattern-parameters
(({a, b = 2} = {}) => [a, b])() // -> [undefined, 2]
(({a: {b = 5} = {}} = {}) => b)({a: {}}) // -> 5
(([a, [b]]) => a + b)([1, [2]]) // -> 3
(({a}) => a)() // -> throws TypeError
(([a]) => a)({}) // -> throws TypeError
(({...r}) => r)({x: 1}) // -> {x: 1}
(function ({a, b: a}) {}) // -> early error
var f = function ({a = 1, ...r}, [b, c = 2, ...s] = [7]) { return [a, b, c, s.length, Object.keys(r).length].join(); }; f({z: 1}) + '|' + f({a: 5}, [1, 2, 3, 4]) // -> "1,7,2,0,1|5,1,2,2,0"
(({a}) => a)({get: 1, a: 2}) // -> 2
f = ([a, b] = [1, 2], {c} = {c: 3}) => a + b + c; f() // -> 6
f = function ([a, ...b], {c, ...d}) { return [a, b, c, d] }; f([1, 2, 3], {c: 4, e: 5}) // -> [1, [2, 3], 4, {e: 5}]
(function () { function f({a, b = 2} = {}, [c] = [9]) { return [a,b,c] } return [f(), f({a:1}, [3])] })() // -> [[undefined, 2, 9], [1, 2, 3]]
(function () { var f = (a, {b, c} = {b: 1, c: 2}) => [a, b, c]; return [f(0), f(0, {b: 5})] })() // -> [[0, 1, 2], [0, 5, undefined]]
(function () { function f({a = 1, ...b}, [c, ...d]) { return [a, b, c, d] } return f({x: 1}, 'xyz') })() // -> [1, {x: 1}, "x", ["y", "z"]]
(function () { try { (function({a}) {})() } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { (function([a]) {})({}) } catch (e) { return e.name } })() // -> "TypeError"
(function () { function f({a, b} = {a: 1, b: 2}, ...[c, d]) { return [a, b, c, d] } return f(undefined, 3, 4) })() // -> [1, 2, 3, 4]
(function () { var fn = ({a: {b = 5} = {}} = {}) => b; return [fn(), fn({}), fn({a: {}}), fn({a: {b: 1}})] })() // -> [5, 5, 5, 1]
