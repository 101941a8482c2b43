// rule: r-update
var a = 1; [a++, a, ++a, a--, a, --a] // -> [1, 2, 3, 3, 2, 1]
var o = {n: 1}; o.n++; ++o["n"]; o // -> {n: 3}
var s = "5"; [s++, s] // -> [5, 6]
var u; [u++, u] // -> [NaN, NaN]
var b = true; b++; b // -> 2
var a = [1, 2], i = 0; a[i++]++; [a, i] // -> [[2, 2], 1]
var n = 0; function f() { n++; return {x: 1} } f().x++; n // -> 1
9007199254740991 + 1 === (function () { var a = 9007199254740991; return ++a })() // -> true
var a = -0; a++; a // -> 1
var a = -1; ++a // -> 0
5++ // -> early error 1:1
// differs: a call as a target is an early error (13.15.1)
++a() // -> early error
nobody++ // -> throws ReferenceError
const c = 1; c++ // -> throws TypeError
null.a++ // -> throws TypeError
(function () { var x = 1; return [x++, x, ++x, x, x--, x, --x, x] })() // -> [1, 2, 3, 3, 3, 2, 1, 1]
(function () { var o = {a:1}; return [o.a++, o.a, ++o.a, o['a']--, o.a] })() // -> [1, 2, 3, 3, 2]
(function () { var x = 10; x = x++ + ++x; return x })() // -> 22
(function () { var x = 9007199254740991; x++; x++; x++; return x })() // -> 9007199254740992
(function () { var x = -9007199254740991; x--; x--; return x })() // -> -9007199254740992
(function () { var a = 1; a = a++ + a++; return a })() // -> 3
(function () { var a = 5; return a-- - --a })() // -> 2
