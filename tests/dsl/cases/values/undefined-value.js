// rule: r-undefined-value
var a; a // -> undefined
[void 0 === undefined, typeof undefined, undefined == null] // -> [true, "undefined", true]
(function (a) { return a })() // -> undefined
({}).a // -> undefined
(function () {})() // -> undefined
(function () { var undefined = 5; return undefined })() // -> 5
(function () { return [typeof undefined, undefined === void 0, NaN !== NaN] })() // -> ["undefined", true, true]
(function () { var undefined_ = void 0; return [undefined_ === undefined, typeof undefined] })() // -> [true, "undefined"]
