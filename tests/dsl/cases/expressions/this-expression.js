// rule: r-this-expression
this === globalThis // -> true
var o = {f() { return this === o }}; [o.f(), (o.f)(), (0, o.f)()] // -> [true, true, false]
(function () { return this === globalThis })() // -> true
(function () { "use strict"; return this })() // -> undefined
[typeof (function () { return this }).call(5), (function () { "use strict"; return typeof this }).call(5)] // -> ["object", "number"]
var o = {x: 7, f() { return (() => this.x)() }}; o.f() // -> 7
(() => this)() === globalThis // -> true
"use strict"; this === globalThis // -> true
(function () { return this === globalThis }).call(null) // -> true
function f(){ return this } f.call(undefined) === this // -> true
(function(){ 'use strict'; return (() => this)() })() // -> undefined
function f(x){ return x ? f(x-1) : this } f.call(5) === 5 // -> false
