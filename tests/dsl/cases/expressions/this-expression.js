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
(function () { function f() { return this } return [f() === globalThis, f.call(5) instanceof Number, (function() { 'use strict'; return this })() ] })() // -> [true, true, undefined]
(function () { var o = {f() { return (() => this.x)() }, x: 7}; return o.f() })() // -> 7
(function () { return (function() { return typeof this })() })() // -> "object"
(function () { var o = {a: 1, f: () => typeof this, g() { return this.a }, h: function() { return (() => this.a)() }}; return [o.g(), o.h(), o['g'](), (o.g)(), (0, o.g) === o.g] })() // -> [1, 1, 1, 1, true]
(function () { function f() { return this } return [typeof f.call(1), typeof f.call('a'), f.call(null) === globalThis, f.call(o = {}) === o]; var o })() // -> ["object", "object", true, true]
(function () { function f() { 'use strict'; return this } return [f.call(1), f.call(null), f.call(undefined), f()] })() // -> [1, null, undefined, undefined]
(function () { return [this === globalThis, typeof globalThis] })() // -> [true, "object"]
