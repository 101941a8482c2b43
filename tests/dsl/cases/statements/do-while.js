// rule: r-do-while
var i = 0; do i++; while (i < 3); i // -> 3
var n = 0; do { n++ } while (false); n // -> 1
var i = 0; do { i++; if (i < 5) continue; break } while (true); i // -> 5
var i = 0; do { i++; continue } while (i < 3); i // -> 3
do while (0) // -> syntax error
(function () { var i = 0; do { i++; if (i == 2) continue; if (i > 4) break } while (i < 10); return i })() // -> 5
(function () { var i = 0; do i++; while (i < 3) return i })() // -> 3
