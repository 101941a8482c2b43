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
[...Object.create([1, 2])] // -> [1, 2]
[...Object.setPrototypeOf({length: 2, 1: "b"}, Array.prototype)] // -> [undefined, "b"]
[...Object.setPrototypeOf([1], null)] // -> throws TypeError
for (var x of Object.setPrototypeOf([1], {})); // -> throws TypeError
Array.from(Object.setPrototypeOf({}, new Set())) // -> throws TypeError
Array.from(Object.setPrototypeOf([3], Map.prototype)) // -> throws TypeError
var s = new String("ab"); s.toString = () => "xyz"; [...s] // -> ["x", "y", "z"]
(function () { return [...Object.setPrototypeOf(arguments, null)] })(1, 2) // -> [1, 2]
var a = []; a[300000] = 1; [...a].length // -> 300001
var a = []; a[300000] = 1; a.length = 2; var n = 0; for (var x of a) n++; n // -> 2
