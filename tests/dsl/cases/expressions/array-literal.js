// rule: r-array-literal
[1, "a", [2]] // -> [1, "a", [2]]
[[,], [1, ,], [, 1], [1, , 2]] // -> [[hole], [1, hole], [hole, 1], [1, hole, 2]]
[1, 2, ].length // -> 2
[...[1, 2], 0, ..."ab", ...new Set([3])] // -> [1, 2, 0, "a", "b", 3]
[...[1, , 2]] // -> [1, undefined, 2]
[...5] // -> throws TypeError
[...{}] // -> throws TypeError
[...null] // -> throws TypeError
Array.of(undefined,,1) // -> syntax error 1:20
[...[...[1, 2]], ...'', ...[[3]]] // -> [1, 2, [3]]
(function () { return [...'héllo', ...[1,2], ...new Set([1,1,2])] })() // -> ["h", "é", "l", "l", "o", 1, 2, 1, 2]
(function () { return [1,,3] })() // -> [1, hole, 3]
(function () { return [,].length })() // -> 1
(function () { return [1,2,3,].length })() // -> 3
(function () { try { [...5] } catch (e) { return e.name } })() // -> "TypeError"
(function () { return [...[1, , 3]] })() // -> [1, undefined, 3]
(function () { return [[, 1].length, 0 in [, 1], [1, , ].length, [,].length, Object.keys([, 1])] })() // -> [2, false, 2, 1, ["1"]]
(function () { return [...new Map([[1, 2]])] })() // -> [[1, 2]]
[...[1,,2]] // -> [1, undefined, 2]
[].map.call(undefined, x => x) // -> throws TypeError
var o = Object.freeze({length: 1, 0: 5}); [].pop.call(o) // -> throws TypeError
