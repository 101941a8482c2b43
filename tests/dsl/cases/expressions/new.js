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
(function () { function F(x) { this.x = x } F.prototype.get = function() { return this.x }; var o = new F(5); return [o.get(), o instanceof F, o.constructor === F, Object.keys(o)] })() // -> [5, true, true, ["x"]]
(function () { function F() { return {y: 1} } return new F() })() // -> {y: 1}
(function () { return new (class_less())().v; function class_less() { return function() { this.v = 3 } } })() // -> 3
(function () { try { new (() => {}) } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { new ({f() {}}.f) } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { new Math.max } catch (e) { return e.name } })() // -> "TypeError"
(function () { function A() {} A.prototype = {k: 1}; var a = new A; A.prototype = {k: 2}; return [a.k, new A().k, a instanceof A, a.constructor === Object] })() // -> [1, 2, false, true]
(function () { function A() {} function B() {} B.prototype = Object.create(A.prototype); B.prototype.constructor = B; var b = new B; return [b instanceof A, b instanceof B, b.constructor.name] })() // -> [true, true, "B"]
(function () { function A() { if (!(this instanceof A)) return new A; this.v = 1 } return [A().v, new A().v] })() // -> [1, 1]
(function () { function A() { return 5 } function B() { return [1] } return [typeof new A, new B] })() // -> ["object", [1]]
(function () { function A() { this.x = 1 } A.prototype.m = () => typeof this; return [new A().m(), Object.keys(new A)] })() // -> ["object", ["x"]]
