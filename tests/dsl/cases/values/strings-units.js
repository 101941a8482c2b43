// rule: r-strings-units
["é".length, "e\u0301".length, "é" === "e\u0301"] // -> [1, 2, false]
"a😀".length // -> 3
"\ud83d" + "\ude00" === "😀" // -> true
var s = "abc"; s[0] = "x"; s.length = 1; s // -> "abc"
"use strict"; var s = "abc"; s[0] = "x" // -> throws TypeError
"\ud800" // -> "\ud800"
"b" > "a" && "a" > "A" && "😀" < "\uffff" // -> true
[..."\ud83d\ude00\ud83d"].length // -> 2
Array.from("\ud83dx") // -> ["\ud83d", "x"]
"\ud83d\ude00".split("") // -> ["\ud83d", "\ude00"]
Object.keys("\ud83d\ude00") // -> ["0", "1"]
(function () { return "\u{1F600}".length })() // -> 2
(function () { var s = 'abc'; s.x = 1; s[0] = 'z'; return [s, s.x] })() // -> ["abc", undefined]
(function () { return [..."a😀b"].length + 'a😀b'.length })() // -> 7
