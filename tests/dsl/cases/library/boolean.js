// rule: r-Boolean
[Boolean(""), Boolean("0"), Boolean(NaN), Boolean([]), Boolean(), new Boolean(false) ? 1 : 2]  // -> [false, true, false, true, false, 1]
new Boolean(0) // -> Boolean(false)
[Boolean(""), Boolean("false"), Boolean({})] // -> [false, true, true]
typeof new Boolean(true) // -> "object"

// rule: r-Boolean.prototype.toString
[true.toString(), Boolean.prototype.valueOf.call(new Boolean(true)), Boolean.length]  // -> ["true", true, 1]
Boolean.prototype.toString.call(1)  // -> throws TypeError
false.toString() // -> "false"
new Boolean(true).toString() // -> "true"
true.toString.call(1) // -> throws TypeError

// rule: r-Boolean.prototype.valueOf
false.valueOf() // -> false
new Boolean(true).valueOf() // -> true
true.valueOf.call({}) // -> throws TypeError
