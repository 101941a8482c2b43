// rule: r-logical
[1 && 2, 0 && 2, "" || "b", "a" || "b", null || undefined] // -> [2, 0, "b", "a", undefined]
var n = 0; true || n++; false && n++; n // -> 0
[1 && 0 || 3, 1 || 0 && 3] // -> [3, 1]
nobody || 1 // -> throws ReferenceError
null && null.a // -> null
