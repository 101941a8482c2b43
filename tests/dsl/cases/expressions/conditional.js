// rule: r-conditional
[true ? 1 : 2, "" ? 1 : 2, [] ? 1 : 2] // -> [1, 2, 1]
var n = 0; false ? n++ : 5; n // -> 0
0 ? 1 : 0 ? 2 : 3 // -> 3
1 ? 2, 3 : 4 // -> syntax error
var a = 1 ? x => x : 2; a(5) // -> 5
1 ? 2 // -> syntax error
(1 ? 2 : nobody) // -> 2
