// rule: r-global-object
var a = 1; function f() {} [globalThis.a, typeof globalThis.f, "a" in globalThis] // -> [1, "function", true]
globalThis.b = 2; b // -> 2
[delete globalThis.a, delete globalThis.nobody]; var a // -> [false, true]
c = 1; delete c; typeof c // -> "undefined"
let l = 1; const k = 2; [globalThis.l, globalThis.k] // -> [undefined, undefined]
globalThis === this && globalThis.globalThis === globalThis // -> true
Object.keys(globalThis) // -> []
x = 1; Object.keys(globalThis) // -> ["x"]
undefined = NaN = Infinity = 1; [undefined, NaN, Infinity] // -> [undefined, NaN, Infinity]
"use strict"; Infinity = 1 // -> throws TypeError
Object.freeze(globalThis) // -> throws TypeError
typeof Math === "object" && "Math" in globalThis && !Object.keys(globalThis).includes("Math") // -> true
globalThis.made = 5; [made, delete globalThis.made, typeof made].join() // -> "5,true,undefined"
Object.getPrototypeOf(globalThis) !== undefined // -> true
var undefined; undefined // -> undefined
let undefined = 1 // -> throws SyntaxError
let NaN = 1; NaN // -> throws SyntaxError
let globalThis = 5; globalThis // -> 5
const Infinity = 3; Infinity // -> throws SyntaxError
var globalThis = 7; globalThis // -> 7
function Math(){} typeof Math // -> "function"
// differs: a constant of the global object is a TypeError (16.1.7)
function undefined() {} // -> throws TypeError
// differs: a constant of the global object is a TypeError (16.1.7)
function NaN() {} // -> throws TypeError
(function () { var o = {n: 1}; with_ = 5; return [typeof with_, delete globalThis.with_, typeof with_] })() // -> ["number", true, "undefined"]
(function () { undefined = 5; NaN = 1; return [undefined, NaN] })() // -> [undefined, NaN]
(function () { function f() { undefined = 1; return undefined } return f() })() // -> undefined
