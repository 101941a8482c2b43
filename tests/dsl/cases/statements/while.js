// rule: r-while
var i = 0; while (i < 3) i++; i // -> 3
while (false) nobody // -> undefined
var r = []; var i = 5; while (i --> 0) { if (i % 2) continue; r.push(i) } r // -> [4, 2, 0]
var i = 0; while (true) if (++i > 4) break; i // -> 5
while () {} // -> syntax error
while (1) function f() {} // -> syntax error
(function () { var i = 5; while (i --> 0) { if (i % 2) continue; if (i == 0) break } return i })() // -> 0
(function () { var i = 0; while (true) { if (++i > 5) break } return i })() // -> 6
