// rule: r-new-target
function F() { return {t: new.target === F} } new F().t // -> true
function F() { return new.target } F() // -> undefined
function F() { this.g = () => new.target; } new F().g().name // -> "F"
new.target // -> early error 1:1
() => new.target // -> early error
function F() { this.t = new.target } var B = F.bind(); new B().t === F // -> true
function f(a = new.target) { return a } f() // -> undefined
new.targe // -> early error
(function(){ return typeof new.target })() // -> "undefined"
new (function(){ return new.target.name }) // -> {}
var o = {f(){ return new.target }}; o.f() // -> undefined
(() => { try { return new.target } catch (e) {} }) // -> early error 1:23
function f(){ return (() => new.target)() } [f(), new f() instanceof f] // -> [undefined, false]
(function () { function F() { return new.target === F } return [new F() instanceof F, F()] })() // -> [true, false]
(function () { function F() { this.nt = new.target; var g = () => new.target; this.g = g() } var o = new F; return [o.nt === F, o.g === F, F.call({}) === undefined] })() // -> [true, true, true]
