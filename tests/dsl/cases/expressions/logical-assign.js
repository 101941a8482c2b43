// rule: r-logical-assign
var a = 1, b = 0, c = null; a &&= 5; b ||= 6; c ??= 7; [a, b, c] // -> [5, 6, 7]
var a = 0, n = 0; a &&= n++; [a, n] // -> [0, 0]
var o = {}; o.a ??= o.b ||= 5; o // -> {b: 5, a: 5}
const c = 1; c ||= 2; c // -> 1
const c = 0; c ||= 2 // -> throws TypeError
var f; f ??= () => {}; f.name // -> "f"
Object.freeze({a: 1}).a ||= 2 // -> 1
nobody ??= 1 // -> throws ReferenceError
[a] ??= 1 // -> early error
var a = 1; a ||= 2; var b = null; b ??= 3; var c = 1; c &&= 4; var d = {}; d.x ??= 5; d['y'] ||= 6; [a, b, c, d.x, d.y].join() // -> "1,3,4,5,6"
var a = null; a ??= a ??= 5 // -> 5
var a = {b: null}; a.b ??= {c: 1}; a.b.c ||= 2; a // -> {b: {c: 1}}
var a = 0; a ||= a &&= 1; a // -> 0
var n = 0; var o = {x: 1}; (n++, o).x &&= 5; [n, o.x] // -> [1, 5]
(function () { var a = null, b = 0, c = 1; a ??= 5; b ||= 6; c &&= 7; return [a,b,c] })() // -> [5, 6, 7]
(function () { var o = {a: null}; o.a ??= 5; o.b ||= 6; o.a &&= 7; return o })() // -> {a: 7, b: 6}
(function () { var a = 1, b; a &&= 5; b ??= 6; a ||= 7; return [a, b] })() // -> [5, 6]
(function () { var o = {}; o.a ??= o.b ||= 5; return o })() // -> {b: 5, a: 5}
