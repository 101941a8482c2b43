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
