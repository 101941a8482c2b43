// rule: r-to-primitive
var o = {valueOf() { return 1 }, toString() { return "s" }}; [o + 1, `${o}`, o * 2, o + "", o == 1, o < 2] // -> [2, "s", 2, "1", true, true]
var log = []; var o = {valueOf() { log.push("v"); return {} }, toString() { log.push("s"); return "1" }}; +o; `${o}`; o + 1; log // -> ["v", "s", "s", "v", "s"]
new Date(0) + 1 === String(new Date(0)) + "1" // -> true
[new Date(5) * 1, new Date(5) > 4, new Date(0) == String(new Date(0))] // -> [5, true, true]
({valueOf: 1, toString: 2}) + 1 // -> throws TypeError
[[1] + [2], [] + {}, [] + [], [1] * [2]] // -> ["12", "[object Object]", "", 2]
({toString() { throw new RangeError("x") }}) + "" // -> throws RangeError: x
(function () { var o = {toString() { return 'ts' }, valueOf() { return 42 }}; return [o + 1, `${o}`, o * 2, o + '', [o] + '', o == 42, o > 41] })() // -> [43, "ts", 84, "42", "ts", true, true]
(function () { var o = {valueOf() { return 1 }}, p = {valueOf() { return 2 }}; return [o + p, o < p, o - p, o == 1, o === 1, -o, +p, o ** p, ~o] })() // -> [3, true, -1, true, false, -1, 2, 1, -2]
(function () { var o = {valueOf: null, toString() { return '7' }}; return [o * 2, o + 1] })() // -> [14, "71"]
(function () { var o = {valueOf() { return {} }, toString() { return {} }}; try { o + 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { var o = {}; o.toString = () => 'mine'; return [o + '', Object.keys(o)] })() // -> ["mine", ["toString"]]
