// rule: r-to-object
Object(1) instanceof Number // -> true
Object.keys("ab") // -> ["0", "1"]
Object.keys(null) // -> throws TypeError
undefined.x // -> throws TypeError
var {x} = null // -> throws TypeError
(function () { return typeof this }).call("a") // -> "object"
var o = {}; Object(o) === o // -> true
