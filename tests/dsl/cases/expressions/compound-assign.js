// rule: r-compound-assign
var x = 5; x += 3; x -= 1; x *= 2; x /= 7; x **= 3; x %= 5; x // -> 3
var x = 2; x <<= 3; x >>= 1; x |= 1; x ^= 3; x &= 14; x >>>= 1; x // -> 5
var s = "a"; s += 1; s += null; s // -> "a1null"
var o = {a: 1}; o.a += 1; o["a"] *= 5; o.b += 1; o // -> {a: 10, b: NaN}
var a = [0, 0], i = 0; a[i++] += 5; [a, i] // -> [[5, 0], 1]
var x = 1; x += (x = 10, 5); x // -> 6
nobody += 1 // -> throws ReferenceError
const c = 1; c += 1 // -> throws TypeError
[a] += 1 // -> early error
// differs: the key is converted once (13.15.2)
var n = 0, o = {p: 1}; o[{toString() { n++; return "p" }}] += 1; [o.p, n] // -> [2, 1]
(function () { var x = 5; x += 3; x -= 1; x *= 2; x /= 7; x **= 3; x %= 5; x <<= 2; x >>= 1; x >>>= 0; x |= 8; x &= 12; x ^= 1; return x })() // -> 13
(function () { var x = 'a'; x += 'b'; x = x + 'c'; return x })() // -> "abc"
(function () { var n = 0; var o = {get() { n++; return this }, x: 1}; o.get().x += 5; return [o.x, n] })() // -> [6, 1]
(function () { var i = 0; var a = [0,0]; a[i++] += 5; a[i++] = i; return [a, i] })() // -> [[5, 2], 2]
(function () { var n = 0; function g() { n++; return {x: 1} } g().x++; g().x += 1; g()['x']--; return n })() // -> 3
// differs: the key is converted once (13.15.2)
(function () { var k = {toString() { c++; return 'p' }}, c = 0, o = {p: 1}; o[k]++; o[k] += 2; return [o, c] })() // -> [{p: 4}, 2]
(function () { var s = ''; for (var i = 0; i < 5; i++) { s += i; s = s + '-' } return s })() // -> "0-1-2-3-4-"
(function () { var s = 'a'; var t = s; s += 'b'; return [s, t] })() // -> ["ab", "a"]
