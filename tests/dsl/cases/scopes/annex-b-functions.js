// rule: r-annex-b-functions
// differs: a declaration has no value (15.2.6)
[typeof f, (function () { { function f() {} } return 1 })()]; { function f() {} } // -> ["undefined", 1]
var r = [typeof f]; { function f() {} } r.push(typeof f); r // -> ["undefined", "function"]
if (0) { function f() {} } f // -> undefined
if (1) { function f() { return 1 } } else { function f() { return 2 } } f() // -> 1
let f = 1; { function f() {} } f // -> 1
(function (f) { { function f() {} } return f })(3) // -> 3
try { throw 1 } catch (f) { { function f() {} } } typeof f // -> "function"
switch (1) { case 1: function f() { return 5 } } f() // -> 5
for (let i = 0; i < 1; i++) { function f() { return i } } f() // -> 0
{ let f; { function f() {} } } typeof f // -> "undefined"
(function () { { function f() {} } return typeof f })() // -> "function"
(function (a = 1) { { function g() {} } return typeof g })() // -> "function"
try { throw [1] } catch ([f]) { { function f() {} } } typeof f // -> "undefined"
{ function undefined() {} function NaN() {} } [typeof undefined, typeof NaN, typeof globalThis.NaN].join() // -> "undefined,number,number"
var a = 1; { function a(){} } typeof a // -> "function"
{ function a(){} } a = 5; a // -> 5
(function(){ if (true) { function g(){ return 1 } } return g() })() // -> 1
(function(){ { function g(){ return 1 } } { function g(){ return 2 } } return g() })() // -> 2
(function(){ var r = typeof g; { function g(){} } return r })() // -> "undefined"
(function(){ 'use strict'; { function g(){} } return typeof g })() // -> "undefined"
(function(){ let g = 1; { function g(){} } return g })() // -> 1
(function(){ for (let g of [1]) { { function g(){} } } return typeof g })() // -> "undefined"
(function(){ try { throw 0 } catch (g) { { function g(){} } } return typeof g })() // -> "function"
(function(){ try { throw {g:0} } catch ({g}) { { function g(){} } } return typeof g })() // -> "undefined"
(function(){ switch (1) { case 0: function g(){} } return typeof g })() // -> "undefined"
(function(){ switch (1) { case 0: function g(){} default: } return g })() // -> undefined
(function(){ L: { function g(){ return 3 } } return g() })() // -> 3
(function(g){ { function g(){ return 1 } } return g })(2) // -> 2
(function({g}){ { function g(){} } return g })({g: 2}) // -> 2
(function(g = 1){ { function g(){} } return g })() // -> 1
(function () { { function g() { return 1 } } return g() })() // -> 1
(function () { if (true) { function g() { return 1 } } else { function g() { return 2 } } return g() })() // -> 1
(function () { { function a() { return 1 } a = 2; } return typeof a })() // -> "function"
(function () { { let a = 5; { function b() { return a } } return b() } })() // -> 5
(function () { var r = []; r.push(typeof a); { function a() {} } r.push(typeof a); return r })() // -> ["undefined", "function"]
(function () { var r = []; switch (1) { case 1: function a() { return 1 } r.push(a()) } r.push(typeof a); return r })() // -> [1, "function"]
(function () { try { throw 1 } catch (f) { { function f() {} } return f } })() // -> 1
(function () { let f = 1; { function f() {} } return f })() // -> 1
(function () { function f(x) { { function x() {} } return x } return f(3) })() // -> 3
(function () { for (let i = 0; i < 1; i++) { function q() { return i } } return typeof q })() // -> "function"
