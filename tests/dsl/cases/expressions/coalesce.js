// rule: r-coalesce
[null ?? 1, undefined ?? 2, 0 ?? 3, "" ?? 4, false ?? 5, NaN ?? 6] // -> [1, 2, 0, "", false, NaN]
var n = 0; 1 ?? n++; n // -> 0
null ?? undefined ?? 7 // -> 7
1 || 2 ?? 3 // -> early error
1 ?? 2 && 3 // -> early error
(1 && null) ?? 3 // -> 3
null??.5 // -> 0.5
null ?? (undefined || 3) // -> 3
(null || undefined) ?? 4 // -> 4
null ?? undefined && 5 // -> early error 1:6
a ?? b || c // -> early error 1:3
0 ?? 1 ?? 2 // -> 0
(function () { return [null ?? 1, 0 ?? 1, null || 2, 0 && 3, 1 && 2, '' || 'd'] })() // -> [1, 0, 2, 0, 2, "d"]
