// rule: r-subclassing
function C(n) { this.n = n } Array.of.call(C, 7, 8) // -> {0: 7, 1: 8, n: 2, length: 2}
Array.from.call(Object, [1]) // -> {0: 1, length: 1}
Array.of.call(undefined, 1) // -> [1]
var a = [1]; a.constructor = function () { return {} }; Array.isArray(a.map(x => x)) // -> true
var a = [1]; a.constructor = undefined; Array.isArray(a.slice()) // -> true
var a = [1]; a.constructor = 1; a.filter(x => x) // -> throws TypeError
var a = [1]; a.constructor = {}; a.concat(2) // -> [1, 2]
