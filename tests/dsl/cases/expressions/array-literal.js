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
