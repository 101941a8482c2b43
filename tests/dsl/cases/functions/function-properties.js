// rule: r-function-properties
[function (a, b = 1, c) {}, (...a) => 1, ({a}, [b]) => 1].map(f => f.length) // -> [1, 0, 2]
function f() {} f.x = 1; [Object.keys(f), f.name, f.length] // -> [["x"], "f", 0]
function f() {} f.name = "x"; f.length = 9; [f.name, f.length] // -> ["f", 0]
"use strict"; (function f() {}).name = "x" // -> throws TypeError
function f() {} [delete f.name, f.name, delete f.length, f.length] // -> [true, "", true, 0]
function f() {} [f.prototype.constructor === f, Object.keys(f.prototype), delete f.prototype] // -> [true, [], false]
function f() {} f.prototype = 5; f.prototype // -> 5
[(() => 1).prototype, ({m() {}}).m.prototype, Math.max.prototype] // -> [undefined, undefined, undefined]
// differs: V8 gives sloppy functions own `arguments` and `caller`
function f() {} "caller" in f // -> false
