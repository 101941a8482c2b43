// rule: r-default-parameters
((a = 1, b = a + 1) => [a, b])() // -> [1, 2]
((a = 1) => a)(undefined) // -> 1
((a = 1) => a)(null) // -> null
((a = b, b) => a)() // -> throws ReferenceError
((a = a) => a)() // -> throws ReferenceError
var n = 0; function f(a = n++) {} f(); f(5); f(); n // -> 2
var x = 1; (function (a = x) { var x = 2; return a })() // -> 1
(function (a, g = () => a) { var a = 2; return [a, g()] })(1) // -> [2, 1]
(function (a = 1) { var a; return a })() // -> 1
(function (f = () => 5) { return f.name })() // -> "f"
(function (a = 1) { let a }) // -> early error
(function (a = eval_1) {})() // -> throws ReferenceError
(function (a, b = () => a) { a = 9; return b() })(1) // -> 9
(function(a,b=2){ return [arguments.length, b] })(1) // -> [1, 2]
(function () { function f(a, b = a + 1, ...c) { return [a,b,c, f.length] } return [f(1), f(1,2,3,4), f()] })() // -> [[1, 2, [], 1], [1, 2, [3, 4], 1], [undefined, NaN, [], 1]]
(function () { function f(a = b, b) { return a } try { f() } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { function f(a = eval_) { } try { f() } catch (e) { return e.name } })() // -> "ReferenceError"
