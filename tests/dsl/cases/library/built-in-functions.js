// rule: r-built-in-functions
[[].map.name, [].map.length, Math.max.length, "".replace.length, parseInt.length, JSON.stringify.length] // -> ["map", 1, 2, 2, 2, 3]
new [].map // -> throws TypeError
new parseInt("1") // -> throws TypeError
[].map.call("ab", x => x + x) // -> ["aa", "bb"]
[].map.call(null, x => x) // -> throws TypeError
"".trim.call(5) // -> "5"
"".trim.call(undefined) // -> throws TypeError
Map.prototype.get.call({}, 1) // -> throws TypeError
(5).toFixed.call("5") // -> throws TypeError
new Date(0).getTime.call({}) // -> throws TypeError
[].push.call({length: 1}, "x") // -> 2
[].join.call({length: 2, 0: "a", 1: "b"}) // -> "a,b"
Object.keys(Math) // -> []
