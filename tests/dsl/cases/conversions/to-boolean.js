// rule: r-to-boolean
[undefined, null, false, 0, -0, NaN, ""].map(v => !!v) // -> [false, false, false, false, false, false, false]
["0", "false", " ", 1, -1, Infinity, [], {}, function () {}, new Boolean(false)].every(v => v ? true : false) // -> true
if ("") 1; else 2 // -> 2
!new Number(0) // -> false
[] ? 1 : 0 // -> 1
