// rule: r-delete
var o = {a: 1, b: 2}; [delete o.a, o, delete o.x] // -> [true, {b: 2}, true]
var o = {a: 1}; delete o["a"]; "a" in o // -> false
[delete 5, delete "a".x, delete nobody] // -> [true, true, true]
var x = 1; [delete x, x] // -> [false, 1]
y = 1; [delete y, typeof y] // -> [true, "undefined"]
function f() {} let l = 1; [delete f, delete l] // -> [false, false]
"use strict"; delete x // -> early error 1:15
"use strict"; delete Object.freeze({a: 1}).a // -> throws TypeError
delete null.a // -> throws TypeError
delete [].length // -> false
(function (a) { return [delete a, delete arguments] })(1) // -> [false, false]
var n = 0; delete (n++, {}).x; n // -> 1
delete nobody.x // -> throws ReferenceError
[delete 'ab'.x, delete (5).y].join() // -> "true,true"
'use strict'; try { delete 'ab'[0]; } catch (e) { e.name } // -> "TypeError"
delete 1 // -> true
delete "a"[0] // -> false
delete undeclared // -> true
delete Math.PI // -> false
(function () { var o = {a: 1, b: 2}; delete o.a; return ['a' in o, 'b' in o, o] })() // -> [false, true, {b: 2}]
(function () { return [delete ({}).x, delete [1][0], delete 5, typeof delete x]; var x })() // -> [true, true, true, "boolean"]
(function () { var x = 1; return [delete x, x] })() // -> [false, 1]
(function () { x1 = 5; var r = delete x1; return [r, typeof x1] })() // -> [true, "undefined"]
