(function (a, b) { return [this.t, a, b] }).call({t: 1}, 2, 3)  //=> [1, 2, 3]
(function () { return arguments.length }).apply(null, {length: 3})  //=> 3
(function () { return [].slice.call(arguments) }).apply(null, [1, , 3])  //=> [1, undefined, 3]
(function () {}).apply(null, 5)  //=> TypeError!
(function () { return 1 }).apply()  //=> 1
(function () { "use strict"; return this }).call(5)  //=> 5
typeof (function () { return this }).call(5)  //=> "object"
(function (a, b, c) {}).bind(null, 1).length  //=> 2
(function foo() {}).bind().name  //=> "bound foo"
(function foo() {}).bind().bind().name  //=> "bound bound foo"
(function () { return [this.x].concat([].slice.call(arguments)) }).bind({x: 1}, 2)(3)  //=> [1, 2, 3]
(function () { function P(a, b) { this.s = a + b } var B = P.bind({}, 1); var o = new B(2); return [o.s, o instanceof P, o instanceof B] })()  //=> [3, true, true]
(() => 1).bind(5)()  //=> 1
new (function () {}.bind())() instanceof Object  //=> true
Function.prototype.bind.call({})  //=> TypeError!
Function.prototype.call.call(5)  //=> TypeError!
Function.prototype.toString.call({})  //=> TypeError!
(function  foo ( a,b ) { /* c */ }).toString()  //=> "function  foo ( a,b ) { /* c */ }"
((a) => a + 1).toString()  //=> "(a) => a + 1"
({m(x) { return x }}).m.toString()  //=> "m(x) { return x }"
parseInt.toString()  //=> "function parseInt() { [native code] }"
(function () {}).bind().toString()  //=> "function () { [native code] }"
[Function.prototype(), Function.prototype.length, Function.prototype.name, typeof Function.prototype]  //=> [undefined, 0, "", "function"]
Function("return 1")  //=> TypeError!
new Function("return 1")  //=> TypeError!
(function () {}).constructor("return 1")()  //=> TypeError!
[Function.prototype.call.length, Function.prototype.apply.length, Function.prototype.bind.length, Function.length]  //=> [1, 2, 1, 1]
(function (a, b = 1, c) {}).length  //=> 1
((...r) => r).length  //=> 0
(function () { var f = function () {}; return f.name })()  //=> "f"
(function () { return new (function () { this.a = 1; return 5 })().a })()  //=> 1
new (() => 1)()  //=> TypeError!
new parseInt("5")  //=> TypeError!
new ([].map)()  //=> TypeError!
(function () {}) instanceof Function  //=> true
Function instanceof Object  //=> true
Object.getPrototypeOf(Function) === Function.prototype  //=> true
(function () { function f() {} f.prototype = 3; return Object.getPrototypeOf(new f()) === Object.prototype })()  //=> true
(function () { function f() {} delete f.name; return [f.hasOwnProperty("name"), f.name] })()  //=> [false, ""]
(function () { function f(a) {} f.length = 9; return f.length })()  //=> 1
Math.max.apply(null, [1, 5, 3])  //=> 5
[].concat.apply([], [[1], [2]])  //=> [1, 2]
parseInt.prototype  //=> undefined
(function () { var b = (function (a, b) {}).bind(); return [b.hasOwnProperty("prototype"), b.length] })()  //=> [false, 2]
