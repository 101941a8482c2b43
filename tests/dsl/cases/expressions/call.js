// rule: r-call
((a, b) => [a, b])(1) // -> [1, undefined]
Math.max(...[1, 5], 3, ...new Set([9])) // -> 9
(function () { return arguments.length })(...[], ...[1, 2], 3) // -> 3
var o = {n: 5, f() { return this.n }}; o.f() + o["f"]() // -> 10
nobody() // -> throws ReferenceError
var a = {b: {}}; a.b.c() // -> throws TypeError 1:22: a.b.c is not a function
var s = ""; var f; try { f(s += "arg") } catch (e) { s + e.name } // -> "argTypeError"
f(1, 2, ); function f() { return arguments.length } // -> 2
(function () { return arguments.length })(1, 2, ) // -> 2
f(...5); function f() {} // -> throws TypeError
"a".b() // -> throws TypeError
1() // -> throws TypeError
try { ({}).x(); } catch (e) { e.name } // -> "TypeError"
Math.max(...[], ...[1], 2) // -> 2
new Array(...[3, 4]) // -> [3, 4]
f = (...a) => a.length; f(...'abc', ...[1], 2) // -> 5
