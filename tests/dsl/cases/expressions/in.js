// rule: r-in
["a" in {a: undefined}, "b" in {}, "toString" in {}] // -> [true, false, true]
[0 in [1], 1 in [1], "length" in [], 0 in [,]] // -> [true, false, true, false]
"a" in "abc" // -> throws TypeError
1 in null // -> throws TypeError
var o = {1: 2}; [1 in o, "1" in o, [1] in o] // -> [true, true, true]
for (var i = ("a" in {a: 1}); i; i = false) 5 // -> 5
'a' in {a: 1} && !('b' in {a: 1}) && 'x'.constructor === String // -> true
try { 'a' in 'abc'; } catch (e) { e.name } // -> "TypeError"
1 in [1] // -> false
1 in [1, 2] // -> true
"length" in [] // -> true
"x" in {x: undefined} // -> true
(function () { try { 'a' in 'b' } catch (e) { return e.name } })() // -> "TypeError"
