// rule: r-identifier-reference
var a = 1; { let a = 2; var b = a } [a, b] // -> [1, 2]
nobody // -> throws ReferenceError 1:1: nobody is not defined
typeof nobody // -> "undefined"
typeof nobody.x // -> throws ReferenceError
globalThis.made = 5; made // -> 5
nobody = nobody2 // -> throws ReferenceError
(nobody) // -> throws ReferenceError
(function () { return !!document_undefined_check(); function document_undefined_check() { return typeof document === 'undefined' } })() // -> true
(function () { return eval_undefined_check(); function eval_undefined_check() { return typeof Symbol2 } })() // -> "undefined"
[typeof toString, typeof hasOwnProperty, typeof nobody] // -> ["function", "function", "undefined"]
hasOwnProperty("x") // -> throws TypeError
hasOwnProperty.call({x: 1}, "x") // -> true
valueOf.call(5) == 5 // -> true
var toString = 5; toString // -> 5
toString = 6; toString // -> 6
"use strict"; isPrototypeOf = 7; isPrototypeOf // -> 7
isPrototypeOf = 1; delete isPrototypeOf; typeof isPrototypeOf // -> "function"
