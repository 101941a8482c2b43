[new Error("x").message, Error("x") instanceof Error, new Error().message, new Error().hasOwnProperty("message"), new Error(undefined).hasOwnProperty("message")]  //=> ["x", true, "", false, false]
["TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"].map(n => { var E = globalThis[n], e = new E("m"); return [e.name, e.message, String(e), e instanceof Error, Object.getPrototypeOf(E) === Error, E.length, E.prototype.name] })  //=> [["TypeError", "m", "TypeError: m", true, true, 1, "TypeError"], ["RangeError", "m", "RangeError: m", true, true, 1, "RangeError"], ["SyntaxError", "m", "SyntaxError: m", true, true, 1, "SyntaxError"], ["ReferenceError", "m", "ReferenceError: m", true, true, 1, "ReferenceError"], ["EvalError", "m", "EvalError: m", true, true, 1, "EvalError"], ["URIError", "m", "URIError: m", true, true, 1, "URIError"]]
new Error("m", {cause: 0}).cause  //=> 0
[new Error("m", {}).hasOwnProperty("cause"), new Error("m", {cause: undefined}).hasOwnProperty("cause"), new Error("m", 5).hasOwnProperty("cause")]  //=> [false, true, false]
Object.keys(new Error("m", {cause: 1}))  //=> []
String(new Error(""))  //=> "Error"
Error.prototype.toString.call({name: "N", message: "M"})  //=> "N: M"
Error.prototype.toString.call({name: "", message: "M"})  //=> "M"
Error.prototype.toString.call({name: "N", message: ""})  //=> "N"
Error.prototype.toString.call({})  //=> "Error"
Error.prototype.toString.call(1)  //=> TypeError!
Error.prototype.toString.call({name: undefined, message: undefined})  //=> "Error"
(function () { var e = new AggregateError([1, 2], "m", {cause: 3}); return [e.errors, e.message, e.cause, e.name, e instanceof Error] })()  //=> [[1, 2], "m", 3, "AggregateError", true]
AggregateError("ab").errors  //=> ["a", "b"]
new AggregateError(5)  //=> TypeError!
new AggregateError()  //=> TypeError!
[AggregateError.length, AggregateError.prototype.message, Object.getPrototypeOf(AggregateError) === Error]  //=> [2, "", true]
(function () { try { null.x } catch (e) { return [e instanceof TypeError, e.name, e.constructor === TypeError] } })()  //=> [true, "TypeError", true]
(function () { try { undefinedName } catch (e) { return [e.name, e.message] } })()  //=> ["ReferenceError", "undefinedName is not defined"]
(function () { try { throw {a: 1} } catch ({a}) { return a } })()  //=> 1
(function () { function MyError(m) { this.message = m } MyError.prototype = Object.create(Error.prototype); MyError.prototype.constructor = MyError; MyError.prototype.name = "MyError"; var e = new MyError("q"); return [String(e), e instanceof Error, e instanceof MyError] })()  //=> ["MyError: q", true, true]
Object.prototype.toString.call(new TypeError())  //=> "[object Error]"
new Error({toString: () => "obj"}).message  //=> "obj"
[Error.length, Error.name, Error.prototype.name, Error.prototype.message]  //=> [1, "Error", "Error", ""]
new Error(null).message  //=> "null"
