// rule: r-methods
({add(a, b) { return a + b }}).add(1, 2) // -> 3
({m() {}}).m.name // -> "m"
({["a" + 1]() {}}).a1.name // -> "a1"
({get() { return 1 }, set(v) { return v }}).set(5) // -> 5
new ({m() {}}).m // -> throws TypeError
"prototype" in ({m() {}}).m // -> false
({m() { return super.x }}).m() // -> undefined
({1() { return 2 }, "b c"() { return 3 }})["b c"]() // -> 3
({m(a, a) {}}) // -> early error 1:8
var o = {get: function(){ return 1 }, set(){ return 2 }}; o.get() + o.set() // -> 3
var o = {'get'() { return 1 }, 'set'(v) { return v }}; o.set(o.get()) // -> 1
var o = {async() { return 1 }, await() { return 2 }}; o.async() + o.await() // -> 3
var o = {if() { return 1 }, class() { return 2 }}; o.if() + o.class() // -> 3
(function () { var a = 1, o = {a, b() { return 2 }, ['c' + a]() { return 3 }}; return [o, o.b.name, o.c1.name] })() // -> [{a: 1, b: function b, c1: function c1}, "b", "c1"]
