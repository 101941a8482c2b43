// rule: r-to-primitive
var o = {valueOf() { return 1 }, toString() { return "s" }}; [o + 1, `${o}`, o * 2, o + "", o == 1, o < 2] // -> [2, "s", 2, "1", true, true]
var log = []; var o = {valueOf() { log.push("v"); return {} }, toString() { log.push("s"); return "1" }}; +o; `${o}`; o + 1; log // -> ["v", "s", "s", "v", "s"]
new Date(0) + 1 === String(new Date(0)) + "1" // -> true
[new Date(5) * 1, new Date(5) > 4, new Date(0) == String(new Date(0))] // -> [5, true, true]
({valueOf: 1, toString: 2}) + 1 // -> throws TypeError
[[1] + [2], [] + {}, [] + [], [1] * [2]] // -> ["12", "[object Object]", "", 2]
({toString() { throw new RangeError("x") }}) + "" // -> throws RangeError: x
