// rule: r-to-number
[undefined, null, false, true].map(Number) // -> [NaN, 0, 0, 1]
["", " ", "12", " 12\n", "1e3", ".5", "5.", "-5", "+5", "0x1f", "0b11", "0o17"].map(Number) // -> [0, 0, 12, 12, 1000, 0.5, 5, -5, 5, 31, 3, 15]
["1_0", "12px", "-0x1", "0b2", "--1", "1 2", "1n", "infinity", "e1", ".", "+", "0x"].map(Number) // -> [NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN]
["Infinity", "-Infinity", "-0", "010", "\ufeff1\u2028"].map(Number) // -> [Infinity, -Infinity, -0, 10, 1]
[[], [5], [1, 2], {}, "a", new Date(7)].map(Number) // -> [0, 5, NaN, NaN, NaN, 7]
+{valueOf() { return "3" }} // -> 3
+{valueOf() { return {} }, toString() { return {} }} // -> throws TypeError
"1e1000" - 0 // -> Infinity
"5" * "2" - "1" // -> 9
Number("0x") // -> NaN
Number("1e") // -> NaN
Number("1.e5") // -> 100000
Number(".") // -> NaN
Number("+0x10") // -> NaN
Number("1_000") // -> NaN
Number("Infinity ") // -> Infinity
Number("\u180e1") // -> NaN
Number([[[5]]]) // -> 5
Number(new Date(NaN)) // -> NaN
Number('12_3') // -> NaN
