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
