// rule: r-optional-chain
var u, o = {a: {f() { return this === o.a }}}; [u?.a, o?.a?.f(), u?.a.b.c(), o.x?.y.z] // -> [undefined, true, undefined, undefined]
var n = 0; null?.[n++]; undefined?.(n++); n // -> 0
var o = {f: null}; [o.f?.(), o?.["f"]] // -> [undefined, null]
(undefined?.a).b // -> throws TypeError
0?.toFixed(1) + ""?.length // -> "0.00"
delete undefined?.a // -> true
var o = {a: 1}; delete o?.a; o // -> {}
5?.5:1 // -> 0.5
a?.b = 1 // -> early error
new a?.b() // -> early error
a?.`x` // -> syntax error
var o = {}; o?.f() // -> throws TypeError
var o = {a: {}}; o.a?.b?.() // -> undefined
(5).toString.length + '|' + (null ?? 'd') + '|' + (undefined?.a?.b) + '|' + ('abc'?.length) // -> "1|d|undefined|3"
f?.() // -> throws ReferenceError
var f = null; f?.() // -> undefined
({f: null}).f?.() // -> undefined
({f() { return this.x }, x: 1})?.f() // -> 1
({a: {f() { return this.x }, x: 2}}).a?.f?.() // -> 2
({a: {f() { return this.x }, x: 2}})?.['a']['f']() // -> 2
(undefined)?.a.b.c.d // -> undefined
(null)?.[nobody] // -> undefined
(0)?.a // -> undefined
delete ({a: 1})?.a // -> true
delete (undefined)?.a.b // -> true
typeof undefined?.a // -> "undefined"
undefined?.a ?? 'd' // -> "d"
(undefined?.a)?.b // -> undefined
[1]?.[0] // -> 1
''?.length // -> 0
new (class_?.x) // -> throws ReferenceError
a?.b++ // -> early error 1:4
a?.[0] = 1 // -> early error 1:4
for (a?.b of []); // -> early error 1:9
[a?.b] = [] // -> early error 1:5
({x: a?.b} = {}) // -> early error 1:9
(function () { var u; return [u?.a, u?.[0], u?.(), u?.a.b.c()] })() // -> [undefined, undefined, undefined, undefined]
