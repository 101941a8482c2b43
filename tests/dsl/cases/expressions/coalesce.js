// rule: r-coalesce
[null ?? 1, undefined ?? 2, 0 ?? 3, "" ?? 4, false ?? 5, NaN ?? 6] // -> [1, 2, 0, "", false, NaN]
var n = 0; 1 ?? n++; n // -> 0
null ?? undefined ?? 7 // -> 7
1 || 2 ?? 3 // -> early error
1 ?? 2 && 3 // -> early error
(1 && null) ?? 3 // -> 3
null??.5 // -> 0.5
