// rule: r-Object
[Object.length, Object.name, Object() instanceof Object, Object(1) instanceof Number, Object("s").length, Object(null) instanceof Object]  // -> [1, "Object", true, true, 1, true]
// differs: built-ins are frozen
(function () { Object.prototype.x = 1; return ({}).x })()  // -> undefined
// differs: built-ins are frozen
(function () { "use strict"; Object.prototype.x = 1 })()  // -> throws TypeError
(function () { function A() {} A.prototype.k = 1; var o = new A(); o.own = 2; var s = []; for (var k in o) s.push(k); return s })()  // -> ["own", "k"]
new Object(5) + 1  // -> 6

// rule: r-Object.assign
Object.assign({a: 1}, null, {b: 2}, "xy", [9], undefined, 5)  // -> {0: 9, 1: "y", a: 1, b: 2}
Object.assign(null)  // -> throws TypeError
Object.assign(Object.freeze({a: 1}), {a: 2})  // -> throws TypeError
[Object.assign.length, Object.keys.name, Object.is.length, Object.prototype.hasOwnProperty.length]  // -> [2, "keys", 2, 1]
Object.assign({}, 'ab', null, [1]) // -> {0: 1, 1: "b"}
Object.assign([1,2],[3]) // -> [3, 2]
(function () { return Object.assign({}, 'ab', null, [9]) })() // -> {0: 9, 1: "b"}

// rule: r-Object.create
(function () { function MyError(m) { this.message = m } MyError.prototype = Object.create(Error.prototype); MyError.prototype.constructor = MyError; MyError.prototype.name = "MyError"; var e = new MyError("q"); return [String(e), e instanceof Error, e instanceof MyError] })()  // -> ["MyError: q", true, true]
Object.create(5)  // -> throws TypeError
Object.create({a: 1}).a  // -> 1
(function () { var a = {}, b = Object.create(a); Object.setPrototypeOf(a, b) })()  // -> throws TypeError
(function () { var o = Object.create(null); o.__proto__ = 1; return Object.keys(o) })()  // -> ["__proto__"]

// rule: r-Object.entries
Object.entries({x: 1, 0: "z"})  // -> [["0", "z"], ["x", 1]]
Object.entries([7, 8])  // -> [["0", 7], ["1", 8]]
Object.entries(null) // -> throws TypeError
Object.entries("ab") // -> [["0", "a"], ["1", "b"]]
Object.entries(Object.assign({}, 'ab', null, [9])).join('|') // -> "0,9|1,b"
Object.entries({b:1,a:2,1:3}) // -> [["1", 3], ["b", 1], ["a", 2]]
(function () { return Object.entries({a: 1, b: 2}).map(([k, v]) => k + v) })() // -> ["a1", "b2"]

// rule: r-Object.freeze
(function () { "use strict"; var a = Object.freeze([1]); a.push(2) })()  // -> throws TypeError
(function () { var a = Object.freeze([2, 1]); a.sort() })()  // -> throws TypeError
(function () { "use strict"; var o = Object.freeze({a: 1}); o.a = 2 })()  // -> throws TypeError
[Object.freeze(5), Object.seal("x"), Object.preventExtensions(undefined)]  // -> [5, "x", undefined]
(function () { var r = Object.freeze(/a/g); r.exec("a") })()  // -> throws TypeError
(function () { var r = Object.freeze(/a/); return r.test("a") })()  // -> true
Object.freeze([1]).concat(2) // -> [1, 2]

// rule: r-Object.fromEntries
Object.fromEntries([["a", 1], ["b", 2], ["a", 3]])  // -> {a: 3, b: 2}
Object.fromEntries(new Map([["k", "v"]]))  // -> {k: "v"}
Object.fromEntries([1])  // -> throws TypeError
Object.fromEntries()  // -> throws TypeError
Object.fromEntries(5)  // -> throws TypeError
Object.fromEntries([['a',1],['a',2]]) // -> {a: 2}

// rule: r-Object.getOwnPropertyNames
Object.getOwnPropertyNames("ab")  // -> ["0", "1", "length"]
Object.getOwnPropertyNames([1])  // -> ["0", "length"]
// differs: functions have no own `arguments` and `caller` (20.2.4)
Object.getOwnPropertyNames(function f(a) {}).sort()  // -> ["length", "name", "prototype"]
Object.getOwnPropertyNames(Object.assign([], {b: 1, 2: 0, 1: 0}))  // -> ["1", "2", "length", "b"]
Object.getOwnPropertyNames(/a/)  // -> ["lastIndex"]
Object.getOwnPropertyNames(function f(a){'use strict'}) // -> ["length", "name", "prototype"]
Object.getOwnPropertyNames(()=>1) // -> ["length", "name"]
Object.getOwnPropertyNames({m(){}}.m) // -> ["length", "name"]
Object.getOwnPropertyNames(function(){}.bind()) // -> ["length", "name"]
Object.getOwnPropertyNames(Math.max) // -> ["length", "name"]
Object.getOwnPropertyNames('ab') // -> ["0", "1", "length"]
Object.getOwnPropertyNames(/a/g) // -> ["lastIndex"]
Object.getOwnPropertyNames(new Date) // -> []
Object.getOwnPropertyNames(new Map) // -> []
Object.getOwnPropertyNames([1,,2]) // -> ["0", "2", "length"]

// rule: r-Object.getPrototypeOf
["TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"].map(n => { var E = globalThis[n], e = new E("m"); return [e.name, e.message, String(e), e instanceof Error, Object.getPrototypeOf(E) === Error, E.length, E.prototype.name] })  // -> [["TypeError", "m", "TypeError: m", true, true, 1, "TypeError"], ["RangeError", "m", "RangeError: m", true, true, 1, "RangeError"], ["SyntaxError", "m", "SyntaxError: m", true, true, 1, "SyntaxError"], ["ReferenceError", "m", "ReferenceError: m", true, true, 1, "ReferenceError"], ["EvalError", "m", "EvalError: m", true, true, 1, "EvalError"], ["URIError", "m", "URIError: m", true, true, 1, "URIError"]]
[AggregateError.length, AggregateError.prototype.message, Object.getPrototypeOf(AggregateError) === Error]  // -> [2, "", true]
Object.getPrototypeOf(Function) === Function.prototype  // -> true
(function () { function f() {} f.prototype = 3; return Object.getPrototypeOf(new f()) === Object.prototype })()  // -> true
Object.getPrototypeOf(Object.create(null))  // -> null
Object.getPrototypeOf(1) === Number.prototype  // -> true
Object.getPrototypeOf(undefined)  // -> throws TypeError
(function () { var o = {"__proto__": null}; return Object.getPrototypeOf(o) })()  // -> null
(function () { var o = {}; o.__proto__ = 5; return Object.getPrototypeOf(o) === Object.prototype })()  // -> true
Object.getPrototypeOf(5) === Number.prototype // -> true

// rule: r-Object.groupBy
Object.groupBy([1, 2, 3, 4], x => x % 2 ? "odd" : "even")  // -> {odd: [1, 3], even: [2, 4]}
Object.groupBy("a\ud83d\ude00a", (x, i) => x)  // -> {a: ["a", "a"], "😀": ["😀"]}
[Object.getPrototypeOf(Object.groupBy([], x => x)), Object.groupBy.length]  // -> [null, 2]
Object.keys(Object.groupBy(new Set(["b", 1, 0]), x => x))  // -> ["0", "1", "b"]
Object.groupBy(null, x => x)  // -> throws TypeError
Object.groupBy([])  // -> throws TypeError
Object.groupBy({}, x => x)  // -> throws TypeError
Object.groupBy("aba", (c, i) => c + (i > 1)) // -> {afalse: ["a"], bfalse: ["b"], atrue: ["a"]}
Object.groupBy({length: 1}, x => x) // -> throws TypeError

// rule: r-Object.hasOwn
[Object.hasOwn({a: 1}, "a"), Object.hasOwn({}, "toString"), Object.hasOwn("ab", 1), Object.hasOwn([1], "0")]  // -> [true, false, true, true]
Object.hasOwn(null, "a")  // -> throws TypeError
(function () { var o = {}; o.__proto__ = {q: 2}; return [o.q, Object.hasOwn(o, "__proto__")] })()  // -> [2, false]
Object.hasOwn([1], 0) // -> true

// rule: r-Object.is
[Object.is(NaN, NaN), Object.is(0, -0), Object.is("a", "a"), Object.is({}, {}), Object.is(1, true), Object.is()]  // -> [true, false, true, false, false, true]
Object.is(-0, 0) // -> false
Object.is(NaN, 0 / 0) // -> true
Object.is([], []) // -> false
[Number.isNaN('a'), Object.is(NaN, NaN), Object.is(0, -0), Object.is('a', 'a'), Object.is(null, undefined), Object.is(1, true)].join() // -> "false,true,false,true,false,false"
Object.is(NaN, NaN) && !Object.is(0, -0) // -> true
(function () { return [0, -0, NaN].map(x => Object.is(x, -0)) })() // -> [false, true, false]

// rule: r-Object.isExtensible
[Object.isExtensible({}), Object.isExtensible(Object.seal({})), Object.isExtensible(1)]  // -> [true, false, false]
Object.isExtensible([]) // -> true
Object.isExtensible(Object.preventExtensions([])) // -> false
Object.isExtensible("a") // -> false

// rule: r-Object.isFrozen
[Object.isFrozen({}), Object.isFrozen(Object.freeze({a: 1})), Object.isFrozen(1), Object.isFrozen(Object.preventExtensions({})), Object.isFrozen(Object.seal({a: 1}))]  // -> [false, true, true, true, false]
[Object.isFrozen("a"), Object.isFrozen(Object.preventExtensions(new String("ab"))), Object.isFrozen(Object.freeze(function () {}))]  // -> [true, true, true]
Object.isFrozen(Object.freeze([1])) // -> true
Object.isFrozen() // -> true
Object.isFrozen('a') + '|' + Object.isSealed(Object.seal({a: 1})) + '|' + Object.isFrozen(Object.preventExtensions({})) + '|' + Object.isExtensible(1) // -> "true|true|true|false"
Object.isFrozen(Object.preventExtensions(new String('ab'))) // -> true
Object.isFrozen('a') && Object.isFrozen(Object.freeze({})) // -> true

// rule: r-Object.isSealed
[Object.isSealed({}), Object.isSealed(Object.seal({a: 1})), Object.isSealed(Object.freeze([1])), Object.isSealed(Object.preventExtensions({a: 1})), Object.isSealed(Object.preventExtensions([]))]  // -> [false, true, true, false, true]
Object.isSealed(Object.freeze({a: 1})) // -> true
Object.isSealed([1]) // -> false
Object.isSealed(1) // -> true

// rule: r-Object.keys
Object.keys([4, , 5])  // -> ["0", "2"]
Object.keys(new Error("m", {cause: 1}))  // -> []
["size" in new Map(), new Set([1]).size, Object.keys(new Map())]  // -> [true, 1, []]
Object.keys({b: 1, a: 2, 10: 3, 9: 4, "-1": 5, "01": 6})  // -> ["9", "10", "b", "a", "-1", "01"]
Object.keys("ab")  // -> ["0", "1"]
Object.keys(null)  // -> throws TypeError
(function () { var o = {__proto__: {p: 1}}; return [o.p, Object.keys(o), o.__proto__.p] })()  // -> [1, [], 1]
(function () { var o = {["__proto__"]: 5}; return Object.keys(o) })()  // -> ["__proto__"]
Object.keys(new String("ab"))  // -> ["0", "1"]
Object.keys([4,5]).concat(Object.values('ab')) // -> ["0", "1", "a", "b"]
(function () { return [Object.keys('ab'), Object.entries([7]), Object.values({a: 1})] })() // -> [["0", "1"], [["0", 7]], [1]]

// rule: r-Object.preventExtensions
(function () { "use strict"; var o = Object.preventExtensions({a: 1}); o.b = 2 })()  // -> throws TypeError
"use strict"; Object.preventExtensions({}).a = 1 // -> throws TypeError
var o = Object.preventExtensions({a: 1}); delete o.a; o // -> {}
Object.preventExtensions(5) // -> 5

// rule: r-Object.seal
(function () { var o = Object.seal({a: 1}); o.a = 2; o.b = 3; delete o.a; return o })()  // -> {a: 2}
(function () { "use strict"; var o = Object.seal({a: 1}); delete o.a })()  // -> throws TypeError
"use strict"; delete Object.seal([1])[0] // -> throws TypeError
var o = Object.seal({a: 1}); o.a = 2; o // -> {a: 2}
Object.seal("a") // -> "a"

// rule: r-Object.setPrototypeOf
Object.setPrototypeOf({}, {z: 1}).z  // -> 1
Object.setPrototypeOf(1, null)  // -> 1
Object.setPrototypeOf(undefined, null)  // -> throws TypeError
Object.setPrototypeOf({}, 5)  // -> throws TypeError
Object.setPrototypeOf(Object.preventExtensions({}), {})  // -> throws TypeError
var o = {}; o.__proto__ = Object.prototype; Object.setPrototypeOf(o, Object.getPrototypeOf(o)) === o // -> true
try { Object.setPrototypeOf(Object.preventExtensions({}), {}); } catch (e) { e.name } // -> "TypeError"
try { var a = {}, b = Object.create(a); Object.setPrototypeOf(a, b); } catch (e) { e.name } // -> "TypeError"
Object.setPrototypeOf(5, null) // -> 5
Object.setPrototypeOf({}, null).toString // -> undefined
Object.setPrototypeOf({}, 1) // -> throws TypeError

// rule: r-Object.values
Object.values({x: 1, y: [2]})  // -> [1, [2]]
Object.values("hi")  // -> ["h", "i"]
Object.values(undefined) // -> throws TypeError
Object.values([1, , 2]) // -> [1, 2]

// rule: r-Object.prototype.__proto__
[Object.prototype.hasOwnProperty("__proto__"), Object.prototype.propertyIsEnumerable("__proto__"), Object.hasOwn({}, "__proto__")] // -> [true, false, false]
[Object.getOwnPropertyNames(Object.prototype).includes("__proto__"), "__proto__" in {}, "__proto__" in Object.create(null)] // -> [true, true, false]
Object.prototype.__proto__ = {} // -> throws TypeError
Object.prototype.__proto__ = null; Object.prototype.__proto__ // -> null
typeof __proto__ // -> "object"

// rule: r-Object.prototype.hasOwnProperty
[({a: 1}).hasOwnProperty("a"), [].hasOwnProperty("length"), ({}).hasOwnProperty("toString")]  // -> [true, true, false]
Object.prototype.hasOwnProperty.call(null, "a")  // -> throws TypeError
(function () { var s = []; try { Object.prototype.hasOwnProperty.call(null, {toString() { s.push("key"); return "a" }}) } catch (e) { s.push(e.name) } return s })()  // -> ["key", "TypeError"]

// rule: r-Object.prototype.isPrototypeOf
[Object.prototype.isPrototypeOf([]), Object.prototype.isPrototypeOf(1), Array.prototype.isPrototypeOf({})]  // -> [true, false, false]
var p = {}; p.isPrototypeOf(Object.create(Object.create(p))) // -> true
({}).isPrototypeOf({}) // -> false
Object.prototype.isPrototypeOf.call(null, {}) // -> throws TypeError
Object.prototype.isPrototypeOf.call(null, 1) // -> false

// rule: r-Object.prototype.propertyIsEnumerable
[({a: 1}).propertyIsEnumerable("a"), [1].propertyIsEnumerable("length"), "ab".propertyIsEnumerable(0)]  // -> [true, false, true]
({a: 1}).propertyIsEnumerable("a") // -> true
({}).propertyIsEnumerable("toString") // -> false
(function () {}).propertyIsEnumerable("name") // -> false
Object.prototype.propertyIsEnumerable.call(undefined, "a") // -> throws TypeError
var r = /a/; [r.propertyIsEnumerable('lastIndex'), [1].propertyIsEnumerable(0), [1].propertyIsEnumerable('length'), 'ab'.propertyIsEnumerable(1)].join() // -> "false,true,false,true"
({}).propertyIsEnumerable('a') // -> false

// rule: r-Object.prototype.toLocaleString
({}).toLocaleString()  // -> "[object Object]"
Object.prototype.toLocaleString.call({toString: () => "t"})  // -> "t"
Object.prototype.toLocaleString.call(null) // -> throws TypeError
[1, 2].toLocaleString() // -> "1,2"

// rule: r-Object.prototype.toString
[1, "a", true, null, undefined, [], {}, function () {}, new Date(0), /x/, new Error(), new Map(), new Set(), Math, JSON].map(v => Object.prototype.toString.call(v))  // -> ["[object Number]", "[object String]", "[object Boolean]", "[object Null]", "[object Undefined]", "[object Array]", "[object Object]", "[object Function]", "[object Date]", "[object RegExp]", "[object Error]", "[object Map]", "[object Set]", "[object Math]", "[object JSON]"]
(function () { return Object.prototype.toString.call(arguments) })()  // -> "[object Arguments]"
[1, "a", true].map(v => Object.prototype.toString.call(Object(v)))  // -> ["[object Number]", "[object String]", "[object Boolean]"]
(function () { function F() {} F.prototype.toString = () => "mine"; return String(new F()) })()  // -> "mine"
[String.prototype, Number.prototype, Boolean.prototype, Date.prototype, RegExp.prototype, Map.prototype, Error.prototype, Array.prototype, Function.prototype].map(p => Object.prototype.toString.call(p))  // -> ["[object String]", "[object Number]", "[object Boolean]", "[object Object]", "[object Object]", "[object Map]", "[object Object]", "[object Array]", "[object Function]"]
Object.prototype.toString.call((function(){return arguments})()) // -> "[object Arguments]"
(function () { return Object.prototype.toString.call([]) + Object.prototype.toString.call(null) + Object.prototype.toString.call(function() {}) + Object.prototype.toString.call(5) })() // -> "[object Array][object Null][object Function][object Number]"

// rule: r-Object.prototype.valueOf
Object.prototype.valueOf.call(null)  // -> throws TypeError
typeof Object.prototype.valueOf.call(1)  // -> "object"
[String.prototype.length, String.prototype == "", Number.prototype == 0, Boolean.prototype == false, String.prototype.valueOf()]  // -> [0, true, true, true, ""]
