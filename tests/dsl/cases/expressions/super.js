// rule: r-super
var base = {name: "base"};
var object = {__proto__: base, name: "own", read() { return [super.name, super["name"], super.missing]; }};
object.read() // -> ["base", "base", undefined]
({m() { return super.toString === Object.prototype.toString; }}).m() // -> true
// the object that the method was defined in counts, not the one that it is called on
var o = {__proto__: {x: 1}, m() { return super.x; }}; var other = {__proto__: {x: 2}, m: o.m}; other.m() // -> 1
var o = {m() { return super.x; }}; Object.setPrototypeOf(o, {x: 3}); o.m() // -> 3
function make(x) { return {__proto__: {x}, m() { return super.x; }}; }
var a = make(1), b = make(2); [a.m(), b.m(), a.m()] // -> [1, 2, 1]
// calls and templates pass `this` on
var o = {__proto__: {f(a) { return [this === o, a]; }}, f() { return super.f(5); }, g() { return super["f"](6); }};
[o.f(), o.g()] // -> [[true, 5], [true, 6]]
var o = {__proto__: {t(s) { return this.n + s[0]; }}, n: 1, m() { return super.t`z`; }}; o.m() // -> "1z"
var o = {__proto__: {f() { return this.n; }}, n: 1, m() { return [super.f?.(), super.g?.()]; }}; o.m() // -> [1, undefined]
"use strict"; var o = {m() { return super.valueOf(); }}; typeof o.m.call(5) // -> "object"
// arrow functions, default values and literals within
var o = {__proto__: {x: 1}, m() { return () => () => super.x; }}; o.m()()() // -> 1
({__proto__: {x: 1}, m(a = super.x) { return a; }}).m() // -> 1
({__proto__: {x: "k"}, m() { return {[super.x]: super.x, n() { return super.x; }}; }}).m() // -> {k: "k", n: function n}
var o = {__proto__: {x: 1}, ["m"]() { return super.x; }}; o.m() // -> 1
// writing
var o = {__proto__: {x: 1}, m() { super.x++; super.x += 5; return [this.x, super.x]; }}; o.m() // -> [6, 1]
var o = {m() { super.x ??= 1; super.x ||= 2; [super.y] = [4]; ({a: super.z} = {a: 5}); return this; }};
var made = {m: o.m}; made.m() // -> {m: function m, x: 2, y: 4, z: 5}
({m() { for (super.k in {q: 1}); return this.k; }}).m() // -> "q"
var o = {m() { super.x = 8; }}; Object.freeze(o).m(); o.x // -> undefined
"use strict"; ({m() { super.x = 8; }}).m.call(Object.freeze({})) // -> throws TypeError
"use strict"; ({m() { super.x = 8; }}).m.call(5) // -> throws TypeError
"use strict"; ({__proto__: Object.freeze({x: 1}), m() { super.x = 8; }}).m() // -> throws TypeError
// with: host=1
"use strict"; ({m() { super.count = 1; }}).m.call(Tools) // -> throws TypeError
// with: host=1
({m() { super.more = 1; return this.more; }}).m.call(Tools) // -> undefined
[1].concat({m() { super[1] = 2; super.length = 1; return this; }}.m.call([5])) // -> [1, 5]
// `__proto__` is that of `this`
var o = {m() { return super.__proto__ === Object.prototype; }}; o.m() // -> true
var o = {m() { super.__proto__ = {x: 1}; return this.x; }}; o.m() // -> 1
// differs: QuickJS takes the prototype later, as earlier editions do
var p = {k: "before"}, o = {__proto__: p, m() { return super[key]; }};
var key = {toString() { Object.setPrototypeOf(o, {k: "after"}); return "k"; }}; o.m() // -> "before"
// no prototype, and deletion
({__proto__: null, m() { return super.x; }}).m() // -> throws TypeError 1:39
({__proto__: null, m() { super.x = 1; }}).m() // -> throws TypeError
({m() { delete super.x; }}).m() // -> throws ReferenceError
({m() { delete super[(() => { throw new RangeError; })()]; }}).m() // -> throws RangeError
({m() { super.no(); }}).m() // -> throws TypeError: super.no is not a function
// where it cannot stand
super.x // -> early error 1:1: `super` can only stand in a method of an object literal
() => super.x // -> early error
({f: function () { super.x; }}) // -> early error
({f: () => super.x}) // -> early error
({[super.x]() {}}) // -> early error
({m() { function f() { super.x; } }}) // -> early error
({m() { super; }}) // -> syntax error
({m() { super?.x; }}) // -> syntax error
({m() { new super; }}) // -> syntax error
({m() { new super.toString; }}).m() // -> throws TypeError
// with: restart=1
var o = {__proto__: {x: 7}, m() { return () => super.x; }}; var f = o.m(); // -> 7
