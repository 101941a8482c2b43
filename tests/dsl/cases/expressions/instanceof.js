// rule: r-instanceof
[[] instanceof Array, [] instanceof Object, 1 instanceof Number, "a" instanceof String] // -> [true, true, false, false]
function F() {} var o = new F; F.prototype = {}; o instanceof F // -> false
function F() {} (new F) instanceof F.bind() // -> true
1 instanceof 1 // -> throws TypeError
({}) instanceof (() => 1) // -> throws TypeError
1 instanceof (() => 1) // -> false
function F() {} F.prototype = 3; ({}) instanceof F // -> throws TypeError
Object.create(null) instanceof Object // -> false
(function () {}) instanceof Function // -> true
({}) instanceof {} // -> throws TypeError
try { ({}) instanceof 5; } catch (e) { e.name } // -> "TypeError"
try { ({}) instanceof (() => 1); } catch (e) { e.name } // -> "TypeError"
var f = function () {}; var b = f.bind(); (new f() instanceof b) // -> true
[1 instanceof Number, 'a' instanceof String, null instanceof Object, (function () {}) instanceof Function].join() // -> "false,false,false,true"
function F() {} F.prototype = 5; try { ({}) instanceof F; } catch (e) { e.name } // -> "TypeError"
[] instanceof Array // -> true
(() => {}) instanceof Function // -> true
Object.create(Array.prototype) instanceof Array // -> true
5 instanceof Number // -> false
(function () { return [] instanceof Object })() // -> true
(function () { try { 1 instanceof 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { ({}) instanceof (() => {}) } catch (e) { return e.name } })() // -> "TypeError"
