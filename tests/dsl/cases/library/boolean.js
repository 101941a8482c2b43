// rule: r-Boolean
[Boolean(""), Boolean("0"), Boolean(NaN), Boolean([]), Boolean(), new Boolean(false) ? 1 : 2]  // -> [false, true, false, true, false, 1]

// rule: r-Boolean.prototype.toString
[true.toString(), Boolean.prototype.valueOf.call(new Boolean(true)), Boolean.length]  // -> ["true", true, 1]
Boolean.prototype.toString.call(1)  // -> throws TypeError
