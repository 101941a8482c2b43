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
(function () { return ['5'*'2', '5'-2, '0x10'*1, ' 12 '*1, ''*1, 'x'*1, '1e3'*1, '0b11'*1, '.5'*1, '5.'*1, '+5'*1, '-5'*1, '--5'*1] })() // -> [10, 3, 16, 12, 0, NaN, 1000, 3, 0.5, 5, 5, -5, NaN]
(function () { return [Number('1_000'), Number('0x'), Number('1e'), Number('Infinity'), Number('-Infinity'), Number('infinity'), Number(' \n'), Number('\u00a01'), Number('1 2'), Number('.'), Number('+.5e-1'), Number('0b12'), Number('-0x10'), Number('1e1000'), Number([]), Number([5]), Number({}), Number(true), Number(null)] })() // -> [NaN, NaN, NaN, Infinity, -Infinity, NaN, 0, 1, NaN, NaN, 0.05, NaN, NaN, Infinity, 0, 5, NaN, 1, 0]
