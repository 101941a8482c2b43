// rule: r-member
var o = {a: {b: [1, 2]}}; o.a["b"][1] // -> 2
[({}).x, [].x, "abc".length, "abc"[1], (5).x] // -> [undefined, undefined, 3, "b", undefined]
undefined.x // -> throws TypeError 1:11: Cannot read properties of undefined (reading 'x')
var o = {}; o.a.b // -> throws TypeError 1:17: Cannot read properties of undefined (reading 'b')
null[{toString() { throw 1 }}] // -> throws TypeError
var s = ""; try { (s += 1, null)[(s += 2)] } catch (e) { s + e.name } // -> "12TypeError"
a.b.c // -> throws ReferenceError 1:1
({a: 1})["a"] + [5][0] + [5]["0"] // -> 11
try { null.x; } catch (e) { e.name } // -> "TypeError"
try { null[{toString: function () { return 'k'; }}]; } catch (e) { e.name } // -> "TypeError"
try { undefined[0] = 1; } catch (e) { e.name } // -> "TypeError"
(5)['toFixed'](1) + true['toString']() + 'abc'[1] + 'abc'['len' + 'gth'] + ('abc'[9] === undefined) // -> "5.0trueb3true"
[1, , 3][1] === undefined && !(1 in [1, , 3]) && [1, 2, 3]['1'] === 2 && [1, 2][1.0] === 2 && [1][-1] === undefined // -> true
1..x // -> undefined
1.5.toFixed() // -> "2"
1 .toFixed(2) // -> "1.00"
5..constructor.name // -> "Number"
"a".constructor("b") // -> "b"
new "a".constructor("b") // -> String("b")
(function () { try { ({}).x.y } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { (void 0)[0] = 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { var o = {a: {b: {c: [1, {d: 5}]}}}; return o.a.b.c[1].d })() // -> 5
