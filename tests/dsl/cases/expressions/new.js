// rule: r-new
function F(x) { this.x = x } var o = new F(5); [o.x, o instanceof F, o.constructor === F] // -> [5, true, true]
function F() { return [1] } new F // -> [1]
function F() { this.a = 1; return 5 } new F // -> {a: 1}
function F() {} F.prototype = 5; Object.getPrototypeOf(new F) === Object.prototype // -> true
new (() => {}) // -> throws TypeError 1:1
new Math.max // -> throws TypeError
new 5 // -> throws TypeError
new (function () { return function (x) { this.x = x } })()(1) // -> undefined
// differs: no code is made from text
new new Function.prototype.constructor // -> throws TypeError
var a = {B: function () { this.b = 1 }}; new a.B().b // -> 1
function F() { this.n = arguments.length } new F(...[1, 2], 3).n // -> 3
function F() {} var p = F.prototype = {k: 1}; var o = new F; F.prototype = {k: 2}; [o.k, new F().k] // -> [1, 2]
try { new (function () {}.bind().bind)(); } catch (e) { e.name } // -> "TypeError"
try { new (() => 1)(); } catch (e) { e.name } // -> "TypeError"
try { new Math.max(); } catch (e) { e.name } // -> "TypeError"
