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
