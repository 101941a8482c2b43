// rule: r-parameter-scope
(function (a, g = () => a) { var a; a = 2; return [a, g()] })(1) // -> [2, 1]
(function (a, g = () => a) { a = 2; return [a, g()] })(1) // -> [2, 2]
var x = "o"; (function (g = () => x) { var x = "i"; return g() })() // -> "o"
(function (a = () => arguments.length) { return a() })() // -> 0
(function (a = 1, b = () => a++) { var a; b(); b(); return a })() // -> 1
(function ({a}, [b] = [a]) { return b })({a: 4}) // -> 4
(function f(a = f, b = () => f) { var f = 5; return [typeof a, typeof b(), f] })() // -> ["function", "function", 5]
(function f(a = f) { var f; return typeof a + typeof f })() // -> "functionundefined"
(function f(a = f) { let f = 1; return typeof a + typeof f })() // -> "functionnumber"
(function () { function f(a, g = () => a) { var a = 2; return [a, g()] } return f(1) })() // -> [2, 1]
(function () { var x = 1; function f(a = x) { var x = 2; return a } return f() })() // -> 1
(function () { function f(a = 1) { var a; return a } return f() })() // -> 1
