// rule: r-var
a; var a = 1 // -> undefined
[typeof a, a]; var a = 1; // -> ["undefined", undefined]
var a = 1; var a; a // -> 1
if (0) { var b = 1 } b // -> undefined
var a = 1, b = a + 1, c; [a, b, c] // -> [1, 2, undefined]
var g = 1; [globalThis.g, delete globalThis.g] // -> [1, false]
function f() { return a; var a } f() // -> undefined
var [a, {b}] = [1, {b: 2}]; [a, b] // -> [1, 2]
var {x} // -> early error
var a = 1; function f(a) { var a; return a } f(5) // -> 5
for (var i = 0; i < 2; i++); i // -> 2
let {0: a, [1]: b} = "xy"; a+b // -> "xy"
var {a: {b} = {b: 5}} = {}; b // -> 5
var {a, a: b} = {a: 1}; [a, b] // -> [1, 1]
var [a, a] = [1, 2]; a // -> 2
var {['x' + 1]: v = 3} = {}; v // -> 3
var {toString: t} = 5; t === Number.prototype.toString // -> true
var {...r} = [1, 2]; r // -> {0: 1, 1: 2}
var {...r} = null // -> throws TypeError
var {} = undefined // -> throws TypeError
var {} = 0 // -> undefined
var [] = {} // -> throws TypeError
var [...r] = "ab"; r // -> ["a", "b"]
(function () { var [a = 1, b = a] = []; return [a,b] })() // -> [1, 1]
(function () { var {a = 1, b = a + 1} = {}; return [a, b] })() // -> [1, 2]
(function () { try { var {a} = null } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { var [a] = undefined } catch (e) { return e.name } })() // -> "TypeError"
(function () { var x = 5; { x = 6; var x } return x })() // -> 6
(function () { var {length} = 'hello'; return length })() // -> 5
(function () { var {0: a, [1]: b, 'x y': c = 3} = [1, 2]; return [a, b, c] })() // -> [1, 2, 3]
(function () { var {a: {b: [, c]}} = {a: {b: [1, 2]}}; return c })() // -> 2
