// rule: r-wrappers
typeof new String("a") + typeof Object(1) // -> "objectobject"
var s = new String("ab"); [s[1], s.length, Object.keys(s), s == "ab", s === "ab"] // -> ["b", 2, ["0", "1"], true, false]
var s = new String("ab"); s[0] = "x"; s.length = 9; s.more = 1; [s[0], s.length, s.more] // -> ["a", 2, 1]
"use strict"; new String("ab")[0] = "x" // -> throws TypeError
"use strict"; delete new String("ab").length // -> throws TypeError
[delete new String("ab")[0], delete new String("ab")[5]] // -> [false, true]
new Boolean(false) ? 1 : 2 // -> 1
[new Number(5) + 1, new Number(5) == 5, new Boolean(false) == false] // -> [6, true, true]
[(5).constructor === Number, "a".constructor === String, true.constructor === Boolean] // -> [true, true, true]
var n = 5; n.x = 1; n.x // -> undefined
"use strict"; (5).x = 1 // -> throws TypeError
var s = new String('ab'); s[0] = 'x'; s.length = 9; s.more = 1; [s[0], s.length, s.more, delete s.more, s.more].join() // -> "a,2,1,true,"
'use strict'; var s = new String('ab'); var r = []; try { s[0] = 'x'; } catch (e) { r.push(e.name); } try { delete s.length; } catch (e) { r.push(e.name); } r.join() // -> "TypeError,TypeError"
var s = new String('ab'); [delete s[0], delete s[5], Object.keys(s), 0 in s, 'length' in s].join('|') // -> "false|true|0,1|true|true"
var it = new String('ab')[0]; it // -> "a"
var p = 'prim'; p.x = 1; p[0] = 'q'; p + p.x // -> "primundefined"
[String.prototype.length, Object.prototype.toString.call(String.prototype), String.prototype == ""] // -> [0, "[object String]", true]
[Number.prototype == 0, Boolean.prototype == false, typeof Number.prototype] // -> [true, true, "object"]
[Object.prototype.toString.call(Object.create(String.prototype)), Object.getOwnPropertyNames(String.prototype).includes("length")] // -> ["[object Object]", true]
(function () { return [].constructor === Array && ({}).constructor === Object && (5).constructor === Number })() // -> true
(function () { return 5..toString() + 5 .toString() })() // -> "55"
(function () { return [typeof new Number(1), typeof Number(1), new Number(1) == 1, new Number(1) === 1, new Boolean(false) ? 1 : 2, typeof Object(1), Object('a')[0], Object('abc').length] })() // -> ["object", "number", true, false, 1, "object", "a", 3]
