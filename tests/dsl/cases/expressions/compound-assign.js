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
