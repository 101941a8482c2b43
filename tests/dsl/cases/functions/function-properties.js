// rule: r-function-properties
[function (a, b = 1, c) {}, (...a) => 1, ({a}, [b]) => 1].map(f => f.length) // -> [1, 0, 2]
function f() {} f.x = 1; [Object.keys(f), f.name, f.length] // -> [["x"], "f", 0]
function f() {} f.name = "x"; f.length = 9; [f.name, f.length] // -> ["f", 0]
"use strict"; (function f() {}).name = "x" // -> throws TypeError
function f() {} [delete f.name, f.name, delete f.length, f.length] // -> [true, "", true, 0]
function f() {} [f.prototype.constructor === f, Object.keys(f.prototype), delete f.prototype] // -> [true, [], false]
function f() {} f.prototype = 5; f.prototype // -> 5
[(() => 1).prototype, ({m() {}}).m.prototype, Math.max.prototype] // -> [undefined, undefined, undefined]
// differs: functions have no own `arguments` and `caller` (20.2.4)
function f() {} "caller" in f // -> false
function f(a, b) {} [delete f.name, f.name, delete f.length, f.length, f.hasOwnProperty('name')].join('|') // -> "true||true|0|false"
function f() {} [delete f.prototype, typeof f.prototype].join() // -> "false,object"
'use strict'; function f() {} try { delete f.prototype; } catch (e) { e.name } // -> "TypeError"
'use strict'; var f = Object.freeze(function named() {}); var r = []; try { f.name = 'x'; } catch (e) { r.push(e.name); } try { delete f.length; } catch (e) { r.push(e.name); } r.push(f.name); r.join() // -> "TypeError,TypeError,named"
function f() {} f.name = 'x'; f.length = 7; [f.name, f.length].join() // -> "f,0"
function f() {} Object.seal(f); [delete f.name, f.name].join() // -> "false,f"
// differs: functions have no own `arguments` and `caller` (20.2.4)
var told = function (f, key) { try { return String(f[key]) } catch (e) { return e.name } }; [() => 1, function () { 'use strict' }, { m() {} }.m, function () {}.bind(), Math.max, function () {}].map(f => told(f, 'caller') + told(f, 'arguments') + f.hasOwnProperty('caller')).join() // -> "TypeErrorTypeErrorfalse,TypeErrorTypeErrorfalse,TypeErrorTypeErrorfalse,TypeErrorTypeErrorfalse,TypeErrorTypeErrorfalse,nullnullfalse"
var set = function (f, key) { try { f[key] = 1; return 'set' } catch (e) { return e.name } }; [() => 1, function () { 'use strict' }, { m() {} }.m, function () {}.bind()].map(f => set(f, 'caller') + set(f, 'arguments')).join() // -> "TypeErrorTypeError,TypeErrorTypeError,TypeErrorTypeError,TypeErrorTypeError"
((a, [b], {c}) => 1).length // -> 3
(function(a = 1, b){}).length // -> 0
(function({a}, [b] = []){}).length // -> 1
((...a) => 1).length // -> 0
(function(a, b, ...c){}).length // -> 2
(function () { function f() {} f.x = 1; return [f.x, f.name, f.length, Object.keys(f), f.hasOwnProperty('prototype')] })() // -> [1, "f", 0, ["x"], true]
(function () { return [function(a, b) {}.length, function(a, b = 1, c) {}.length, function(...a) {}.length, ((a, b) => 1).length, (({a}, [b]) => 1).length] })() // -> [2, 1, 0, 2, 2]
(function () { function f() {} f.prototype.constructor = 1; return [Object.keys(f), f.propertyIsEnumerable('prototype'), delete f.name, f.name, delete f.length, f.length] })() // -> [[], false, true, "", true, 0]
(function () { function f() {} f.name = 'x'; return f.name })() // -> "f"
(function () { 'use strict'; function f() {} try { f.name = 'x' } catch (e) { return e.name } })() // -> "TypeError"
