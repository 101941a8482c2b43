// rule: r-integrity
var o = Object.preventExtensions({a: 1}); o.b = 1; o.a = 2; o // -> {a: 2}
var o = Object.seal({a: 1}); o.b = 1; o.a = 2; delete o.a; o // -> {a: 2}
var o = Object.freeze({a: 1}); o.b = 1; o.a = 2; delete o.a; o // -> {a: 1}
"use strict"; delete Object.seal({a: 1}).a // -> throws TypeError
"use strict"; Object.preventExtensions({}).a = 1 // -> throws TypeError
Object.freeze({a: {b: 1}}).a.b = 2 // -> 2
"use strict"; Object.freeze([1]).push(2) // -> throws TypeError
Object.freeze([1]).push(2) // -> throws TypeError
"use strict"; delete [].length // -> throws TypeError
(function () { var o = Object.freeze({a: 1}); o.a = 2; o.b = 3; delete o.a; return o })() // -> {a: 1}
(function () { var a = Object.freeze([1,2]); try { a.push(3) } catch (e) { return [e.name, a] } })() // -> ["TypeError", [1, 2]]
(function () { var o = Object.preventExtensions({a: 1}); o.b = 1; o.a = 2; delete o.a; return o })() // -> {}
(function () { var o = Object.freeze({a: {b: 1}}); o.a.b = 2; return o })() // -> {a: {b: 2}}
(function () { var p = Object.freeze({a: 1}), o = Object.create(p); o.a = 2; return [o.a, Object.keys(o)] })() // -> [1, []]
