// rule: r-arguments
(function () { return [arguments.length, arguments[1], arguments[5]] })(1, 2) // -> [2, 2, undefined]
(function (a) { arguments[0] = 9; return a })(1) // -> 9
(function (a) { a = 9; return arguments[0] })(1) // -> 9
(function (a) { "use strict"; arguments[0] = 9; return a })(1) // -> 1
(function (a = 0) { a = 9; return arguments[0] })(1) // -> 1
(function (a) { a = 9; return arguments[0] })() // -> undefined
(function (a) { delete arguments[0]; arguments[0] = 2; return a })(1) // -> 1
(function () { return Array.isArray(arguments) + Object.prototype.toString.call(arguments) })() // -> "false[object Arguments]"
(function f() { return arguments.callee === f })() // -> true
(function () { "use strict"; return arguments.callee })() // -> throws TypeError
(function (a = 1) { return arguments.callee })() // -> throws TypeError
(function () { var arguments = 5; return arguments })(1) // -> 5
(function (arguments) { return arguments })(1) // -> 1
(function () { function arguments() {} return typeof arguments })() // -> "function"
(function () { return [...arguments].concat(Object.keys(arguments)) })(7, 8) // -> [7, 8, "0", "1"]
(function () { arguments.length = 1; return [].slice.call(arguments) })(1, 2) // -> [1]
(function (a, a) { return [a, arguments[0], arguments[1]] })(1, 2) // -> [2, 1, 2]
arguments // -> throws ReferenceError
(function (a) { Object.freeze(arguments); a = 2; return arguments[0] })(1) // -> 1
(function arguments(a) { return typeof arguments + arguments.length })(1, 2) // -> "object2"
(function(a){ arguments[0]=2; var arguments; return a })(1) // -> 2
(function(a,b){ b=2; return arguments.length })(1) // -> 1
(function(a){ Object.seal(arguments); a=5; return arguments[0] })(1) // -> 5
(function(a){ Object.preventExtensions(arguments); arguments[0]=5; return a })(1) // -> 5
(function(a){ arguments.length=5; return Array.prototype.slice.call(arguments).length })(1) // -> 5
(function(a){ var b=arguments; a=7; return b })(1) // -> {0: 7}
(function(a,b,c){ arguments[1]=9; delete arguments[1]; b=3; return [arguments[1],b] })(1,2) // -> [undefined, 3]
(function(){ return arguments instanceof Object })() // -> true
(function(){ return arguments.constructor===Object })() // -> true
(function(){ return arguments.toString() })() // -> "[object Arguments]"
(function(){ return JSON.stringify(arguments) })(1,'a') // -> "{\"0\":1,\"1\":\"a\"}"
(function(){ 'use strict'; return Object.getOwnPropertyNames(arguments) })(1) // -> ["0", "length", "callee"]
(function(a){ return Object.getOwnPropertyNames(arguments) })(1) // -> ["0", "length", "callee"]
(function(){ var r=[]; for (var k in arguments) r.push(k); return r })(5,6) // -> ["0", "1"]
(function(a){ 'use strict'; return arguments.length })(...[1,2]) // -> 2
(function arguments(){ return typeof arguments })() // -> "object"
(function(){ { function arguments(){} } return typeof arguments })() // -> "function"
(function () { function f() { return arguments.length } return [f(), f(1,2,3)] })() // -> [0, 3]
(function () { function f(a, b) { arguments[0] = 9; b = 8; return [a, arguments[1], arguments.length] } return f(1,2,3) })() // -> [9, 8, 3]
(function () { function f(a) { 'use strict'; arguments[0] = 9; return a } return f(1) })() // -> 1
(function () { function f(a, a) { return [a, arguments[0], arguments[1]] } return f(1,2) })() // -> [2, 1, 2]
(function () { return (function() { return [...arguments].reverse() })(1,2,3) })() // -> [3, 2, 1]
(function () { return (function() { var r = []; for (var i in arguments) r.push(i); return r })(7,8) })() // -> ["0", "1"]
(function () { function f(a,b) { arguments.length = 1; return [arguments.length, [].slice.call(arguments)] } return f(1,2,3) })() // -> [1, [1]]
(function () { function f(a) { delete arguments[0]; arguments[0] = 2; return a } return f(1) })() // -> 1
(function () { function f(a) { a = 2; return arguments[0] } return f(1) })() // -> 2
(function () { function f(a) { a = 2; return arguments[0] } return [f(), f.length] })() // -> [undefined, 1]
(function () { function f(a, ...b) { a = 2; return arguments[0] } return f(1) })() // -> 1
(function () { function f(a = 0) { a = 2; return arguments[0] } return f(1) })() // -> 1
(function () { function f(a) { var g = () => arguments[0] + a; a = 5; return g() } return f(1) })() // -> 10
(function () { function f() { var arguments = 5; return arguments } return f(1) })() // -> 5
(function () { function f() { var arguments; return typeof arguments } return f(1) })() // -> "object"
(function () { function f(arguments) { return arguments } return f(1) })() // -> 1
(function () { function f() { function arguments() {} return typeof arguments } return f(1) })() // -> "function"
(function () { function f(a, g = () => arguments.length) { return g() } return f(1) })() // -> 1
(function () { return [...function() { return arguments }(1, 2)] })() // -> [1, 2]
(function () { function f() { return [arguments.callee === f, Object.keys(arguments), 'callee' in arguments] } return f(1) })() // -> [true, ["0"], true]
(function () { function f(a) { return [arguments.callee === f, arguments.propertyIsEnumerable('callee'), delete arguments.callee, arguments.callee] } return f(1) })() // -> [true, false, true, undefined]
(function () { function f() { 'use strict'; try { arguments.callee } catch (e) { return [e.name, arguments.hasOwnProperty('callee')] } } return f() })() // -> ["TypeError", true]
(function () { function f(a = 1) { try { arguments.callee } catch (e) { return e.name } } return f() })() // -> "TypeError"
(function () { return (function(n) { return n ? n * arguments.callee(n - 1) : 1 })(5) })() // -> 120
