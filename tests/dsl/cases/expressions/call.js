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
(function () { try { null() } catch (e) { return e.name } })() // -> "TypeError"
(function () { return Math.max(...[1,5,3]) })() // -> 5
(function () { try { Math.max(...{}) } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { 1() } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { ({}).f() } catch (e) { return e.name } })() // -> "TypeError"
(function () { var log = ''; var f = undefined; try { f((log += 'arg')) } catch (e) { return [log, e.name] } })() // -> ["arg", "TypeError"]
(function () { var log = ''; try { undefined.x((log += 'arg')) } catch (e) { return [log, e.name] } })() // -> ["", "TypeError"]
(function () { var log = ''; try { ({}).x((log += 'arg')) } catch (e) { return [log, e.name] } })() // -> ["arg", "TypeError"]
(function () { var log = ''; try { new (void 0)((log += 'arg')) } catch (e) { return [log, e.name] } })() // -> ["arg", "TypeError"]
(function () { return [1, 2, 3].concat(...[[4], [5]]).length })() // -> 5
(function () { var o = {n: 0, inc() { this.n++; return this }}; return o.inc().inc().inc().n })() // -> 3
