// rule: r-comma
(1, 2, 3) // -> 3
var n = 0; n++, n++, n // -> 2
for (var i = 0, j = 3; i < j; i++, j--); [i, j] // -> [2, 1]
[(1, 2), 3] // -> [2, 3]
1, // -> syntax error
void 0 === undefined && typeof void 0 === 'undefined' && (1, 2) === 2 && !delete [].length // -> true
(function () { return (1, 2, 3) })() // -> 3
(function () { return "use strict", typeof this })() // -> "object"
