// rule: r-undefined-value
var a; a // -> undefined
[void 0 === undefined, typeof undefined, undefined == null] // -> [true, "undefined", true]
(function (a) { return a })() // -> undefined
({}).a // -> undefined
(function () {})() // -> undefined
(function () { var undefined = 5; return undefined })() // -> 5
