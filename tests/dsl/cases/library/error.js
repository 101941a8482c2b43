// rule: r-AggregateError
(function () { var e = new AggregateError([1, 2], "m", {cause: 3}); return [e.errors, e.message, e.cause, e.name, e instanceof Error] })()  // -> [[1, 2], "m", 3, "AggregateError", true]
AggregateError("ab").errors  // -> ["a", "b"]
new AggregateError(5)  // -> throws TypeError
new AggregateError()  // -> throws TypeError

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

// rule: r-Error.prototype.toString
Error.prototype.toString.call({name: "N", message: "M"})  // -> "N: M"
Error.prototype.toString.call({name: "", message: "M"})  // -> "M"
Error.prototype.toString.call({name: "N", message: ""})  // -> "N"
Error.prototype.toString.call({})  // -> "Error"
Error.prototype.toString.call(1)  // -> throws TypeError
Error.prototype.toString.call({name: undefined, message: undefined})  // -> "Error"
Object.prototype.toString.call(new TypeError())  // -> "[object Error]"
