[Object.length, Object.name, Object() instanceof Object, Object(1) instanceof Number, Object("s").length, Object(null) instanceof Object]  //=> [1, "Object", true, true, 1, true]
Object.assign({a: 1}, null, {b: 2}, "xy", [9], undefined, 5)  //=> {0: 9, 1: "y", a: 1, b: 2}
Object.assign(null)  //=> TypeError!
Object.assign(Object.freeze({a: 1}), {a: 2})  //=> TypeError!
Object.keys({b: 1, a: 2, 10: 3, 9: 4, "-1": 5, "01": 6})  //=> ["9", "10", "b", "a", "-1", "01"]
Object.keys("ab")  //=> ["0", "1"]
Object.keys(null)  //=> TypeError!
Object.values({x: 1, y: [2]})  //=> [1, [2]]
Object.entries({x: 1, 0: "z"})  //=> [["0", "z"], ["x", 1]]
Object.fromEntries([["a", 1], ["b", 2], ["a", 3]])  //=> {a: 3, b: 2}
Object.fromEntries(new Map([["k", "v"]]))  //=> {k: "v"}
Object.fromEntries([1])  //=> TypeError!
Object.fromEntries()  //=> TypeError!
Object.fromEntries(5)  //=> TypeError!
Object.getPrototypeOf(Object.create(null))  //=> null
Object.getPrototypeOf(1) === Number.prototype  //=> true
Object.getPrototypeOf(undefined)  //=> TypeError!
Object.create(5)  //=> TypeError!
Object.create({a: 1}).a  //=> 1
Object.setPrototypeOf({}, {z: 1}).z  //=> 1
Object.setPrototypeOf(1, null)  //=> 1
Object.setPrototypeOf(undefined, null)  //=> TypeError!
Object.setPrototypeOf({}, 5)  //=> TypeError!
Object.setPrototypeOf(Object.preventExtensions({}), {})  //=> TypeError!
(function () { var a = {}, b = Object.create(a); Object.setPrototypeOf(a, b) })()  //=> TypeError!
[Object.is(NaN, NaN), Object.is(0, -0), Object.is("a", "a"), Object.is({}, {}), Object.is(1, true), Object.is()]  //=> [true, false, true, false, false, true]
[Object.hasOwn({a: 1}, "a"), Object.hasOwn({}, "toString"), Object.hasOwn("ab", 1), Object.hasOwn([1], "0")]  //=> [true, false, true, true]
Object.hasOwn(null, "a")  //=> TypeError!
Object.getOwnPropertyNames("ab")  //=> ["0", "1", "length"]
Object.getOwnPropertyNames([1])  //=> ["0", "length"]
Object.getOwnPropertyNames(function f(a) {}).sort()  //=> ["length", "name", "prototype"]
[Object.isFrozen({}), Object.isFrozen(Object.freeze({a: 1})), Object.isFrozen(1), Object.isFrozen(Object.preventExtensions({})), Object.isFrozen(Object.seal({a: 1}))]  //=> [false, true, true, true, false]
[Object.isSealed({}), Object.isSealed(Object.seal({a: 1})), Object.isSealed(Object.freeze([1])), Object.isSealed(Object.preventExtensions({a: 1})), Object.isSealed(Object.preventExtensions([]))]  //=> [false, true, true, false, true]
[Object.isExtensible({}), Object.isExtensible(Object.seal({})), Object.isExtensible(1)]  //=> [true, false, false]
[Object.isFrozen("a"), Object.isFrozen(Object.preventExtensions(new String("ab"))), Object.isFrozen(Object.freeze(function () {}))]  //=> [true, true, true]
(function () { var o = Object.seal({a: 1}); o.a = 2; o.b = 3; delete o.a; return o })()  //=> {a: 2}
(function () { "use strict"; var o = Object.freeze({a: 1}); o.a = 2 })()  //=> TypeError!
(function () { "use strict"; var o = Object.seal({a: 1}); delete o.a })()  //=> TypeError!
(function () { "use strict"; var o = Object.preventExtensions({a: 1}); o.b = 2 })()  //=> TypeError!
[Object.freeze(5), Object.seal("x"), Object.preventExtensions(undefined)]  //=> [5, "x", undefined]
[({a: 1}).hasOwnProperty("a"), [].hasOwnProperty("length"), ({}).hasOwnProperty("toString")]  //=> [true, true, false]
Object.prototype.hasOwnProperty.call(null, "a")  //=> TypeError!
(function () { var s = []; try { Object.prototype.hasOwnProperty.call(null, {toString() { s.push("key"); return "a" }}) } catch (e) { s.push(e.name) } return s })()  //=> ["key", "TypeError"]
[Object.prototype.isPrototypeOf([]), Object.prototype.isPrototypeOf(1), Array.prototype.isPrototypeOf({})]  //=> [true, false, false]
[({a: 1}).propertyIsEnumerable("a"), [1].propertyIsEnumerable("length"), "ab".propertyIsEnumerable(0)]  //=> [true, false, true]
[1, "a", true, null, undefined, [], {}, function () {}, new Date(0), /x/, new Error(), new Map(), new Set(), Math, JSON].map(v => Object.prototype.toString.call(v))  //=> ["[object Number]", "[object String]", "[object Boolean]", "[object Null]", "[object Undefined]", "[object Array]", "[object Object]", "[object Function]", "[object Date]", "[object RegExp]", "[object Error]", "[object Map]", "[object Set]", "[object Math]", "[object JSON]"]
(function () { return Object.prototype.toString.call(arguments) })()  //=> "[object Arguments]"
[1, "a", true].map(v => Object.prototype.toString.call(Object(v)))  //=> ["[object Number]", "[object String]", "[object Boolean]"]
({}).toLocaleString()  //=> "[object Object]"
Object.prototype.toLocaleString.call({toString: () => "t"})  //=> "t"
Object.prototype.valueOf.call(null)  //=> TypeError!
typeof Object.prototype.valueOf.call(1)  //=> "object"
(function () { var o = {__proto__: {p: 1}}; return [o.p, Object.keys(o), o.__proto__.p] })()  //=> [1, [], 1]
(function () { var o = {"__proto__": null}; return Object.getPrototypeOf(o) })()  //=> null
(function () { var o = {}; o.__proto__ = {q: 2}; return [o.q, Object.hasOwn(o, "__proto__")] })()  //=> [2, false]
(function () { var o = Object.create(null); o.__proto__ = 1; return Object.keys(o) })()  //=> ["__proto__"]
(function () { var o = {["__proto__"]: 5}; return Object.keys(o) })()  //=> ["__proto__"]
(function () { var o = {}; o.__proto__ = 5; return Object.getPrototypeOf(o) === Object.prototype })()  //=> true
(function () { function F() {} F.prototype.toString = () => "mine"; return String(new F()) })()  //=> "mine"
(function () { Object.prototype.x = 1; return ({}).x })()  //=> undefined
(function () { "use strict"; Object.prototype.x = 1 })()  //=> TypeError!
(function () { function A() {} A.prototype.k = 1; var o = new A(); o.own = 2; var s = []; for (var k in o) s.push(k); return s })()  //=> ["own", "k"]
new Object(5) + 1  //=> 6
Object.entries([7, 8])  //=> [["0", 7], ["1", 8]]
Object.values("hi")  //=> ["h", "i"]
JSON.stringify(Object.assign(Object.create({inherited: 1}), {own: 2}))  //=> "{\"own\":2}"
[Object.assign.length, Object.keys.name, Object.is.length, Object.prototype.hasOwnProperty.length]  //=> [2, "keys", 2, 1]
Object.getOwnPropertyNames(Object.assign([], {b: 1, 2: 0, 1: 0}))  //=> ["1", "2", "length", "b"]
[String.prototype.length, String.prototype == "", Number.prototype == 0, Boolean.prototype == false, String.prototype.valueOf()]  //=> [0, true, true, true, ""]
[String.prototype, Number.prototype, Boolean.prototype, Date.prototype, RegExp.prototype, Map.prototype, Error.prototype, Array.prototype, Function.prototype].map(p => Object.prototype.toString.call(p))  //=> ["[object String]", "[object Number]", "[object Boolean]", "[object Object]", "[object Object]", "[object Map]", "[object Object]", "[object Array]", "[object Function]"]
