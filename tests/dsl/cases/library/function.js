// rule: r-Function
[Function.prototype(), Function.prototype.length, Function.prototype.name, typeof Function.prototype]  // -> [undefined, 0, "", "function"]
// differs: no code is made from text
Function("return 1")  // -> throws TypeError
// differs: no code is made from text
new Function("return 1")  // -> throws TypeError
// differs: no code is made from text
(function () {}).constructor("return 1")()  // -> throws TypeError
(function (a, b = 1, c) {}).length  // -> 1
((...r) => r).length  // -> 0
(function () { var f = function () {}; return f.name })()  // -> "f"
(function () { return new (function () { this.a = 1; return 5 })().a })()  // -> 1
new (() => 1)()  // -> throws TypeError
new ([].map)()  // -> throws TypeError
(function () {}) instanceof Function  // -> true
Function instanceof Object  // -> true
(function () { function f() {} delete f.name; return [f.hasOwnProperty("name"), f.name] })()  // -> [false, ""]
(function () { function f(a) {} f.length = 9; return f.length })()  // -> 1
parseInt.prototype  // -> undefined
typeof Function.prototype // -> "function"
Function.prototype() // -> undefined

// rule: r-Function.prototype.apply
(function () { return arguments.length }).apply(null, {length: 3})  // -> 3
(function () {}).apply(null, 5)  // -> throws TypeError
(function () { return 1 }).apply()  // -> 1
[].concat.apply([], [[1], [2]])  // -> [1, 2]
Math.max.apply(null,{length:2,0:1,1:5}) // -> 5
(function(){return arguments.length}).apply(null,[,,]) // -> 2
(function () { return Math.max.apply(null, [1, 3, 2]) + Math.min.call(null, 5, 4) })() // -> 7

// rule: r-Function.prototype.bind
(function () { var f = function () {}; for (var i = 0; i < 900; i++) { f = f.bind(); delete f.name } return new f() instanceof f })()  // -> true
(function (a, b, c) {}).bind(null, 1).length  // -> 2
(function foo() {}).bind().name  // -> "bound foo"
(function foo() {}).bind().bind().name  // -> "bound bound foo"
(function () { function P(a, b) { this.s = a + b } var B = P.bind({}, 1); var o = new B(2); return [o.s, o instanceof P, o instanceof B] })()  // -> [3, true, true]
(() => 1).bind(5)()  // -> 1
new (function () {}.bind())() instanceof Object  // -> true
Function.prototype.bind.call({})  // -> throws TypeError
(function () {}).bind().toString()  // -> "function () { [native code] }"
(function () { var b = (function (a, b) {}).bind(); return [b.hasOwnProperty("prototype"), b.length] })()  // -> [false, 2]
function f(a, b, c) {} var g = f.bind(null, 1); [g.length, g.name, f.bind(null, 1, 2, 3, 4).length].join() // -> "2,bound f,0"
function f() {} Object.assign(f, {x: 1}); delete f.length; f.bind().length // -> 0
function f() {} f.length = 'x'; Object.assign(f, {}); f.bind().length // -> 0
var f = function (a) {}; delete f.length; f.length = true; f.bind().length // -> 0
(function(){}).bind().name // -> "bound "
(function f(a,b){}).bind(null,1).length // -> 1
var f = function(){ return this }; f.bind(1).bind(2)() instanceof Number // -> true
function F(a,b){this.s=a+b} new (F.bind(null,1))(2).s // -> 3
function F(){} new (F.bind())() instanceof F // -> true
(function () { var b = function(a, b) { return [this.x, a, b] }.bind({x: 1}, 2); return [b(3), b.name, b.length] })() // -> [[1, 2, 3], "bound ", 1]
(function () { var add = (a, b) => a + b; var inc = add.bind(null, 1); return [inc(2), inc.name, inc.length, new (function(a) { this.a = a }).bind(null, 5)().a] })() // -> throws TypeError
(function () { function F(a, b) { this.s = a + b } var B = F.bind(null, 1); var o = new B(2); return [o.s, o instanceof F, o instanceof B] })() // -> [3, true, true]

// rule: r-Function.prototype.call
(function (a, b) { return [this.t, a, b] }).call({t: 1}, 2, 3)  // -> [1, 2, 3]
(function () { return [].slice.call(arguments) }).apply(null, [1, , 3])  // -> [1, undefined, 3]
(function () { "use strict"; return this }).call(5)  // -> 5
typeof (function () { return this }).call(5)  // -> "object"
(function () { return [this.x].concat([].slice.call(arguments)) }).bind({x: 1}, 2)(3)  // -> [1, 2, 3]
Function.prototype.call.call(5)  // -> throws TypeError
[Function.prototype.call.length, Function.prototype.apply.length, Function.prototype.bind.length, Function.length]  // -> [1, 2, 1, 1]
Math.max.call(null,1,2) // -> 2
Function.prototype.call.call(function(){return this.x},{x:1}) // -> 1
({}).toString.call(null) + ({}).toString.call([]) // -> "[object Null][object Array]"

// rule: r-Function.prototype.toString
Function.prototype.toString.call({})  // -> throws TypeError
(function  foo ( a,b ) { /* c */ }).toString()  // -> "function  foo ( a,b ) { /* c */ }"
((a) => a + 1).toString()  // -> "(a) => a + 1"
({m(x) { return x }}).m.toString()  // -> "m(x) { return x }"
parseInt.toString()  // -> "function parseInt() { [native code] }"
