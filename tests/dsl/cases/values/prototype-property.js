// rule: r-prototype-property
var o = {}; o.__proto__ === Object.prototype // -> true
var o = {}; o.__proto__ = {x: 1}; [o.x, Object.keys(o)] // -> [1, []]
var o = {}; o.__proto__ = 5; o.__proto__ === Object.prototype // -> true
var a = {}, b = {__proto__: a}; a.__proto__ = b // -> throws TypeError
Object.preventExtensions({}).__proto__ = {} // -> throws TypeError
var o = Object.create(null); o.__proto__ = 1; Object.keys(o) // -> ["__proto__"]
({}).hasOwnProperty("__proto__") // -> false
"a".__proto__ === String.prototype // -> true
null.__proto__ // -> throws TypeError
[Object.prototype.__proto__, "__proto__" in Object.prototype] // -> [null, true]
(function () { var o = {}; o.__proto__ = {x: 1}; return [o.x, Object.keys(o), '__proto__' in o, o.hasOwnProperty('__proto__')] })() // -> [1, [], true, false]
(function () { var o = {}; try { o.__proto__ = o } catch (e) { return e.name } return 'none' })() // -> "TypeError"
(function () { var o = {}; try { var p = {__proto__: o}; o.__proto__ = p } catch (e) { return e.name } })() // -> "TypeError"
(function () { var o = {}; o.__proto__ = 5; return o.__proto__ === Object.prototype })() // -> true
(function () { return [(5).__proto__ === Number.prototype, 'a'.__proto__ === String.prototype, [].__proto__ === Array.prototype] })() // -> [true, true, true]
