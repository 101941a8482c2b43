// rule: r-relational
[1 < 2, 2 < 1, 1 <= 1, 2 >= 3, 2 > 1] // -> [true, false, true, false, true]
["a" < "b", "B" < "a", "10" < "9", "" < "a", "a" < "ab", "a" >= "a"] // -> [true, true, true, true, true, true]
[10 < "9", "10" < 9, "a" < 1, null >= 0, undefined >= undefined, null > 0] // -> [false, false, false, true, false, false]
[NaN < 1, NaN >= NaN, 1 < Infinity, -0 < 0] // -> [false, false, true, false]
[[2] > 1, [1, 2] < [1, 3], {} < {}, new Date(1) < new Date(2)] // -> [true, true, false, true]
3 > 2 > 1 // -> false
"\ud83d\ude00" < "\uffff" // -> true
({valueOf() { return "b" }}) > "a" // -> true
