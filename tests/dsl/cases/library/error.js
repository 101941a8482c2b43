// rule: r-Error
[new Error("x").message, Error("x") instanceof Error, new Error().message, new Error().hasOwnProperty("message"), new Error(undefined).hasOwnProperty("message")]  // -> ["x", true, "", false, false]
new Error("m", {cause: 0}).cause  // -> 0
[new Error("m", {}).hasOwnProperty("cause"), new Error("m", {cause: undefined}).hasOwnProperty("cause"), new Error("m", 5).hasOwnProperty("cause")]  // -> [false, true, false]
String(new Error(""))  // -> "Error"
(function () { try { null.x } catch (e) { return [e instanceof TypeError, e.name, e.constructor === TypeError] } })()  // -> [true, "TypeError", true]
(function () { try { undefinedName } catch (e) { return [e.name, e.message] } })()  // -> ["ReferenceError", "undefinedName is not defined"]
(function () { try { throw {a: 1} } catch ({a}) { return a } })()  // -> 1
new Error({toString: () => "obj"}).message  // -> "obj"
[Error.length, Error.name, Error.prototype.name, Error.prototype.message]  // -> [1, "Error", "Error", ""]
new Error(null).message  // -> "null"
new Error('a', {cause: 0}).cause // -> 0
'cause' in new Error('a', {}) // -> false
Object.keys(new Error('a')) // -> []
new Error(undefined).message // -> ""
(function () { var e = new Error('m'); return [e.message, String(e), Object.keys(e), e.hasOwnProperty('message')] })() // -> ["m", "Error: m", [], true]
(function () { function MyError(m) { this.message = m } MyError.prototype = Object.create(Error.prototype); MyError.prototype.name = 'MyError'; try { throw new MyError('boom') } catch (e) { return [String(e), e instanceof Error] } })() // -> ["MyError: boom", true]

// rule: r-Error.prototype.message
[new Error("m").message, new Error().message, Error.prototype.message] // -> ["m", "", ""]
new Error(undefined).hasOwnProperty("message") // -> false
var e = new Error("a"); e.message = "b"; String(e) // -> "Error: b"
new Error(Object.create(null)) // -> throws TypeError

// rule: r-Error.prototype.name
[new Error().name, Error.prototype.name] // -> ["Error", "Error"]
var e = new Error("m"); e.name = "Mine"; String(e) // -> "Mine: m"
new Error().hasOwnProperty("name") // -> false

// rule: r-Error.prototype.toString
Error.prototype.toString.call({name: "N", message: "M"})  // -> "N: M"
Error.prototype.toString.call({name: "", message: "M"})  // -> "M"
Error.prototype.toString.call({name: "N", message: ""})  // -> "N"
Error.prototype.toString.call({})  // -> "Error"
Error.prototype.toString.call(1)  // -> throws TypeError
Error.prototype.toString.call({name: undefined, message: undefined})  // -> "Error"
Object.prototype.toString.call(new TypeError())  // -> "[object Error]"
Error('x').toString() // -> "Error: x"
var e = new Error('x'); e.name = undefined; String(e) // -> "Error: x"
var e = new Error('x'); e.message = ''; String(e) // -> "Error"
Error.prototype.toString.call({name: 'a', message: 'b'}) // -> "a: b"
Error.prototype.toString.call({}) // -> "Error"

// rule: r-AggregateError
(function () { var e = new AggregateError([1, 2], "m", {cause: 3}); return [e.errors, e.message, e.cause, e.name, e instanceof Error] })()  // -> [[1, 2], "m", 3, "AggregateError", true]
AggregateError("ab").errors  // -> ["a", "b"]
new AggregateError(5)  // -> throws TypeError
new AggregateError()  // -> throws TypeError
new AggregateError([1], 'm').errors // -> [1]

// rule: r-AggregateError.prototype.message
[new AggregateError([], "m").message, AggregateError.prototype.message] // -> ["m", ""]
new AggregateError([]).hasOwnProperty("message") // -> false
Object.keys(new AggregateError([], "m")) // -> []

// rule: r-AggregateError.prototype.name
AggregateError.prototype.name // -> "AggregateError"
new AggregateError([]).name // -> "AggregateError"
String(new AggregateError([], "m")) // -> "AggregateError: m"

// rule: r-EvalError
[new EvalError("m") instanceof EvalError, EvalError("m") instanceof Error, new EvalError("m") instanceof Error] // -> [true, true, true]
new EvalError("m", {cause: 5}).cause // -> 5
throw new EvalError("m") // -> throws EvalError 1:1: m
throw EvalError("m") // -> throws EvalError: m

// rule: r-EvalError.prototype.message
[new EvalError("m").message, new EvalError().message, EvalError.prototype.message] // -> ["m", "", ""]
new EvalError().hasOwnProperty("message") // -> false
new EvalError(5).message // -> "5"

// rule: r-EvalError.prototype.name
[new EvalError().name, EvalError.prototype.name, EvalError.name] // -> ["EvalError", "EvalError", "EvalError"]
String(new EvalError("m")) // -> "EvalError: m"
var e = new EvalError("m"); e.name = "N"; [String(e), EvalError.prototype.name] // -> ["N: m", "EvalError"]

// rule: r-RangeError
[new RangeError("m") instanceof RangeError, RangeError("m") instanceof Error, new RangeError("m") instanceof Error] // -> [true, true, true]
new RangeError("m", {cause: 5}).cause // -> 5
throw new RangeError("m") // -> throws RangeError 1:1: m
throw RangeError("m") // -> throws RangeError: m
try { [].length = -1 } catch (e) { [e.name, e.constructor === RangeError] } // -> ["RangeError", true]
[].length = -1 // -> throws RangeError
(function () { var e = new RangeError('m'); return [e instanceof RangeError, e instanceof Error, e.name, e.toString(), Object.prototype.toString.call(e)] })() // -> [true, true, "RangeError", "RangeError: m", "[object Error]"]

// rule: r-RangeError.prototype.message
[new RangeError("m").message, new RangeError().message, RangeError.prototype.message] // -> ["m", "", ""]
new RangeError().hasOwnProperty("message") // -> false
new RangeError(5).message // -> "5"

// rule: r-RangeError.prototype.name
[new RangeError().name, RangeError.prototype.name, RangeError.name] // -> ["RangeError", "RangeError", "RangeError"]
String(new RangeError("m")) // -> "RangeError: m"
var e = new RangeError("m"); e.name = "N"; [String(e), RangeError.prototype.name] // -> ["N: m", "RangeError"]

// rule: r-ReferenceError
[new ReferenceError("m") instanceof ReferenceError, ReferenceError("m") instanceof Error, new ReferenceError("m") instanceof Error] // -> [true, true, true]
new ReferenceError("m", {cause: 5}).cause // -> 5
throw new ReferenceError("m") // -> throws ReferenceError 1:1: m
throw ReferenceError("m") // -> throws ReferenceError: m
try { nobody } catch (e) { [e.name, e.constructor === ReferenceError] } // -> ["ReferenceError", true]
nobody // -> throws ReferenceError

// rule: r-ReferenceError.prototype.message
[new ReferenceError("m").message, new ReferenceError().message, ReferenceError.prototype.message] // -> ["m", "", ""]
new ReferenceError().hasOwnProperty("message") // -> false
new ReferenceError(5).message // -> "5"

// rule: r-ReferenceError.prototype.name
[new ReferenceError().name, ReferenceError.prototype.name, ReferenceError.name] // -> ["ReferenceError", "ReferenceError", "ReferenceError"]
String(new ReferenceError("m")) // -> "ReferenceError: m"
var e = new ReferenceError("m"); e.name = "N"; [String(e), ReferenceError.prototype.name] // -> ["N: m", "ReferenceError"]

// rule: r-SyntaxError
[new SyntaxError("m") instanceof SyntaxError, SyntaxError("m") instanceof Error, new SyntaxError("m") instanceof Error] // -> [true, true, true]
new SyntaxError("m", {cause: 5}).cause // -> 5
throw new SyntaxError("m") // -> throws SyntaxError 1:1: m
throw SyntaxError("m") // -> throws SyntaxError: m
try { JSON.parse("{") } catch (e) { [e.name, e.constructor === SyntaxError] } // -> ["SyntaxError", true]
JSON.parse("{") // -> throws SyntaxError

// rule: r-SyntaxError.prototype.message
[new SyntaxError("m").message, new SyntaxError().message, SyntaxError.prototype.message] // -> ["m", "", ""]
new SyntaxError().hasOwnProperty("message") // -> false
new SyntaxError(5).message // -> "5"

// rule: r-SyntaxError.prototype.name
[new SyntaxError().name, SyntaxError.prototype.name, SyntaxError.name] // -> ["SyntaxError", "SyntaxError", "SyntaxError"]
String(new SyntaxError("m")) // -> "SyntaxError: m"
var e = new SyntaxError("m"); e.name = "N"; [String(e), SyntaxError.prototype.name] // -> ["N: m", "SyntaxError"]

// rule: r-TypeError
[new TypeError("m") instanceof TypeError, TypeError("m") instanceof Error, new TypeError("m") instanceof Error] // -> [true, true, true]
new TypeError("m", {cause: 5}).cause // -> 5
throw new TypeError("m") // -> throws TypeError 1:1: m
throw TypeError("m") // -> throws TypeError: m
try { null.x } catch (e) { [e.name, e.constructor === TypeError] } // -> ["TypeError", true]
null.x // -> throws TypeError
var e = new TypeError; e instanceof Error // -> true
Object.getPrototypeOf(TypeError) === Error // -> true
TypeError.prototype.name // -> "TypeError"

// rule: r-TypeError.prototype.message
[new TypeError("m").message, new TypeError().message, TypeError.prototype.message] // -> ["m", "", ""]
new TypeError().hasOwnProperty("message") // -> false
new TypeError(5).message // -> "5"

// rule: r-TypeError.prototype.name
[new TypeError().name, TypeError.prototype.name, TypeError.name] // -> ["TypeError", "TypeError", "TypeError"]
String(new TypeError("m")) // -> "TypeError: m"
var e = new TypeError("m"); e.name = "N"; [String(e), TypeError.prototype.name] // -> ["N: m", "TypeError"]

// rule: r-URIError
[new URIError("m") instanceof URIError, URIError("m") instanceof Error, new URIError("m") instanceof Error] // -> [true, true, true]
new URIError("m", {cause: 5}).cause // -> 5
throw new URIError("m") // -> throws URIError 1:1: m
throw URIError("m") // -> throws URIError: m
try { decodeURI("%") } catch (e) { [e.name, e.constructor === URIError] } // -> ["URIError", true]
decodeURI("%") // -> throws URIError

// rule: r-URIError.prototype.message
[new URIError("m").message, new URIError().message, URIError.prototype.message] // -> ["m", "", ""]
new URIError().hasOwnProperty("message") // -> false
new URIError(5).message // -> "5"

// rule: r-URIError.prototype.name
[new URIError().name, URIError.prototype.name, URIError.name] // -> ["URIError", "URIError", "URIError"]
String(new URIError("m")) // -> "URIError: m"
var e = new URIError("m"); e.name = "N"; [String(e), URIError.prototype.name] // -> ["N: m", "URIError"]
