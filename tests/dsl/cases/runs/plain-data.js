// rule: r-plain-data
// with: host=1
told([1, "a", null, undefined, true, , 1.5]) // -> "[1, \"a\", null, null, true, null, 1.5]"
// with: host=1
told({a: 1, b: undefined, c() {}, d: {e: [2]}}) // -> "{\"a\": 1, \"d\": {\"e\": [2]}}"
// with: host=1
told([new Date(0), new Map([["k", 1]]), new Set([2]), /x/g]) // -> "[\"1970-01-01T00:00:00.000Z\", [[\"k\", 1]], [2], \"/x/g\"]"
// with: host=1
told(new TypeError("m")) // -> "{\"name\": \"TypeError\", \"message\": \"m\"}"
// with: host=1
told([new Number(1), new String("s"), Object.create({a: 1})]) // -> "[1, \"s\", {}]"
// with: host=1
var o = {}; o.o = o; told(o) // -> throws TypeError
// with: host=1
[given("none"), given("number"), given("big"), given("text"), given("list"), given("object")] // -> [undefined, 1.5, 1152921504606847000, "é😀", [1, [null]], {a: {b: true}}]
// with: host=1
var a = given("list"), b = given("list"); a.push(1); [a === b, b] // -> [false, [1, [null]]]
// with: host=1
told() // -> "null"
// with: host=1
told("é\ud83d\ude00").length // -> 5
