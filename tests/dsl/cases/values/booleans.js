// rule: r-booleans
[true, false, !true, true === 1, true == 1] // -> [true, false, false, false, true]
true + true // -> 2
[typeof true, typeof !0] // -> ["boolean", "boolean"]
[0, -0, NaN, "", null, undefined].some(Boolean) // -> false
