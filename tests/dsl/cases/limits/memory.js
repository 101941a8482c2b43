// rule: r-memory
// with: memory=100000
var s = "x"; for (;;) s += s // -> limit
// with: memory=100000
for (var a = []; ; ) a.push({}) // -> limit: the script used more than 100000 bytes of memory
// with: memory=100000
"x".repeat(60000) // -> limit
// with: memory=100000
for (;;) (() => 1) // -> limit
// with: memory=100000
Array(1e9).fill(1) // -> limit
// with: memory=100000
for (var m = new Map, i = 0; ; i++) m.set(i, i) // -> limit
// with: memory=100000
"x".padStart(1e8) // -> limit
// with: memory=100000
JSON.stringify("\u0001".repeat(20000)) // -> limit
// with: memory=10000
[1, 2, 3].map(x => x + 1) // -> [2, 3, 4]
"x".repeat(2 ** 29) // -> throws RangeError
