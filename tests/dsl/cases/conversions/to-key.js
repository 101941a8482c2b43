// rule: r-to-key
var o = {}; o[1.0] = 1; o[-0] = 2; o[1e21] = 3; o[true] = 4; o // -> {0: 2, 1: 1, "1e+21": 3, true: 4}
var o = {}, n = 0; o[{toString() { n++; return "k" }}] = 5; [o.k, n] // -> [5, 1]
[10, 20][{toString() { return "1" }}] // -> 20
({undefined: 1})[undefined] // -> 1
var a = {null: 2}; null in a // -> true
