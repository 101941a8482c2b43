// rule: r-re-last-index
var r = /a/g; [r.test("aba"), r.lastIndex, r.test("aba"), r.lastIndex, r.test("aba"), r.lastIndex] // -> [true, 1, true, 3, false, 0]
var r = /a/y; [r.test("ba"), r.lastIndex, (r.lastIndex = 1, r.test("ba")), r.lastIndex] // -> [false, 0, true, 2]
var r = /a/; r.lastIndex = 5; [r.test("a"), r.lastIndex] // -> [true, 5]
var r = /a/g; r.lastIndex = 9; [r.test("a"), r.lastIndex] // -> [false, 0]
var r = /a/g; r.lastIndex = "1"; r.exec("aa").index // -> 1
Object.freeze(/a/g).exec("a") // -> throws TypeError
var r = /a/g; [Object.keys(r), r.hasOwnProperty("lastIndex"), delete r.lastIndex] // -> [[], true, false]
var r = /b/g; r.lastIndex = 3; ["aba".replace(r, "x"), r.lastIndex] // -> ["axa", 0]
var r = /a/g; [delete r.lastIndex, r.hasOwnProperty('lastIndex'), Object.keys(r).length].join() // -> "false,true,0"
'use strict'; var r = Object.freeze(/a/g); try { r.lastIndex = 3; } catch (e) { e.name } // -> "TypeError"
var r = Object.freeze(/a/g); r.lastIndex = 3; r.lastIndex // -> 0
'use strict'; try { delete /a/.lastIndex; } catch (e) { e.name } // -> "TypeError"
