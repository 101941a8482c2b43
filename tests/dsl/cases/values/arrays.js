// rule: r-arrays
var a = [1, 2, 3]; a.length = 1; a // -> [1]
var a = [1]; a.length = 3; [a, 1 in a] // -> [[1, hole, hole], false]
var a = []; a[2] = 1; [a.length, a] // -> [3, [hole, hole, 1]]
[].length = -1 // -> throws RangeError
[].length = 1.5 // -> throws RangeError
var a = [1, 2]; a.length = "1"; a // -> [1]
var a = []; a["01"] = 1; a[-1] = 2; a[1.5] = 3; [a.length, Object.keys(a)] // -> [0, ["01", "-1", "1.5"]]
var a = [1, 2, 3]; delete a[1]; [a.length, a[1], 1 in a] // -> [3, undefined, false]
"use strict"; delete [].length // -> throws TypeError
var a = Object.freeze([1]); a[0] = 2; a.length = 0; a // -> [1]
"use strict"; Object.freeze([1])[1] = 2 // -> throws TypeError
var a = [1]; a[4294967295] = 2; a.length // -> 1
try { [].length = -1; } catch (e) { e.name } // -> "RangeError"
[new Array(4294967295).length, new Array(4294967295)[0]] // -> [4294967295, undefined]
var a = []; a[4294967294] = "x"; [a.length, Object.keys(a), a.pop(), a.length] // -> [4294967295, ["4294967294"], "x", 4294967294]
var a = [1]; a[1e9] = 2; a[5e8] = 3; a.q = 4; Object.getOwnPropertyNames(a) // -> ["0", "500000000", "1000000000", "length", "q"]
var a = [1]; a[1e9] = 2; a.length = 2; a.push(7); a // -> [1, hole, 7]
var a = []; a.length = 4294967295; try { a.push("x") } catch (e) { a.push = e.name } [a.length, a[4294967295], a.push] // -> [4294967295, "x", "RangeError"]
var a = Object.seal([1, , 3, ,]); a.length = 0; a.length // -> 3
var a = []; a[1e6] = 1; Object.freeze(a); a[1e6] = 2; a.length = 0; [a.length, a[1e6], delete a[1e6]] // -> [1000001, 1, false]
var a = []; a[1e6] = 1; delete a[1e6]; [a.length, 1e6 in a, Object.keys(a)] // -> [1000001, false, []]
var told = [], a = []; a.length = {valueOf() { told.push("v"); return 2 }}; [told, a.length] // -> [["v", "v"], 2]
(function () { var a = [1,2,3]; a[1] += 5; a[5] = 1; return [a, a.length] })() // -> [[1, 7, 3, hole, hole, 1], 6]
(function () { var a = [1,2,3]; a.length = 1; return a })() // -> [1]
(function () { try { [].length = -1 } catch (e) { return e.name } })() // -> "RangeError"
(function () { var a = [1,2,3]; delete a[1]; return [a, a.length, 1 in a] })() // -> [[1, hole, 3], 3, false]
(function () { var a = []; a[5] = 1; var n = 0; a.forEach(() => n++); return [a.length, n, a.indexOf(undefined)] })() // -> [6, 1, -1]
(function () { var a = [1, 2, 3]; a.length = 0; a.push(4); return a })() // -> [4]
(function () { var a = [1, 2]; a['1'] = 5; a['01'] = 6; a[-1] = 7; a[1.5] = 8; return [a, a.length, Object.keys(a)] })() // -> [[1, 5], 2, ["0", "1", "01", "-1", "1.5"]]
