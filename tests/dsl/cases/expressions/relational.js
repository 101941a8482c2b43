// rule: r-relational
[1 < 2, 2 < 1, 1 <= 1, 2 >= 3, 2 > 1] // -> [true, false, true, false, true]
["a" < "b", "B" < "a", "10" < "9", "" < "a", "a" < "ab", "a" >= "a"] // -> [true, true, true, true, true, true]
[10 < "9", "10" < 9, "a" < 1, null >= 0, undefined >= undefined, null > 0] // -> [false, false, false, true, false, false]
[NaN < 1, NaN >= NaN, 1 < Infinity, -0 < 0] // -> [false, false, true, false]
[[2] > 1, [1, 2] < [1, 3], {} < {}, new Date(1) < new Date(2)] // -> [true, true, false, true]
3 > 2 > 1 // -> false
"\ud83d\ude00" < "\uffff" // -> true
({valueOf() { return "b" }}) > "a" // -> true
[1 < 'x', 'a' < 'b', 'B' < 'a', null <= 0, undefined <= 0, [2] > 1, '10' < '9', 10 < '9'].join() // -> "false,true,true,true,false,true,true,false"
[1 >= 'x', 'a' >= 'b', null >= 0, undefined >= 0, [2] >= 2, NaN >= NaN, '' >= 0, true >= 1].join() // -> "false,false,true,false,true,false,true,true"
var o = {valueOf: function () { return 3; }}; [o < 4, o <= 3, o > 3, o >= 3, o == 3, 3 == o].join() // -> "true,true,false,true,true,true"
"a" < "b" // -> true
"a" < "B" // -> false
"10" < "2" // -> true
10 < "2" // -> false
null >= 0 // -> true
null > 0 // -> false
NaN <= NaN // -> false
Infinity > 1e308 // -> true
(function () { return ['b'>'a', 'a'<'B', '10'<'9', 10<'9', null>=0, undefined>=0, NaN<1, [2]>1] })() // -> [true, false, true, false, true, false, false, true]
(function () { return ['1' < '2', '10' < '2', 'a' < 'b', 'a' < 'A', '' < 'a', 1 < '2', '1' < 2, null < 1, undefined < 1, [1] < [2], 'Z' < 'a', '\u{1F600}' < '\uFFFF'] })() // -> [true, true, true, false, true, true, true, true, false, true, true, true]
