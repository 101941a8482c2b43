// rule: r-iteration
[..."a😀"] // -> ["a", "😀"]
(function () { return [...arguments] })(1, 2) // -> [1, 2]
[...new Map([[1, 2]])] // -> [[1, 2]]
[...new Set([1, 1])] // -> [1]
[...new String("ab")] // -> ["a", "b"]
[...[1, 2].entries()] // -> [[0, 1], [1, 2]]
[..."a1b2".matchAll(/\d/g)].length // -> 2
[...{length: 1, 0: "a"}] // -> throws TypeError
[...{next() { return {done: true} }}] // -> throws TypeError
[...5] // -> throws TypeError
[...undefined] // -> throws TypeError
new Set(5) // -> throws TypeError
Array.from({length: 2, 0: "a"}) // -> ["a", undefined]
var [a, b] = new Set([1, 2]); [a, b] // -> [1, 2]
Math.max(..."123") // -> 3
[...new String('a\ud83d\ude00b')].length // -> 3
