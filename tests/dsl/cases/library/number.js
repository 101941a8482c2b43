// rule: r-Number
[Number(), Number(""), Number(" 12 "), Number("0x1F"), Number("1e3"), Number("1_0"), Number("0b11"), Number("-0x1"), Number("Infinity"), Number("."), Number("+.5"), Number("5.")]  // -> [0, 0, 12, 31, 1000, NaN, 3, NaN, Infinity, NaN, 0.5, 5]
[Number(null), Number(undefined), Number(true), Number([5]), Number([1, 2]), Number({}), Number(new Date(5))]  // -> [0, NaN, 1, 5, NaN, NaN, 5]
[Number.length, Number.name, Number.prototype.constructor === Number]  // -> [1, "Number", true]
[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.EPSILON, Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY]  // -> [9007199254740991, -9007199254740991, 2.220446049250313e-16, 1.7976931348623157e+308, 5e-324, NaN, -Infinity]
[Number.parseFloat === parseFloat, Number.parseInt === parseInt]  // -> [true, true]
[String(1e21), String(123456789012345680000), String(1e-7), String(0.000001), String(1.7976931348623157e308), String(5e-324), String(-1e-7), String(100), String(1.5)]  // -> ["1e+21", "123456789012345680000", "1e-7", "0.000001", "1.7976931348623157e+308", "5e-324", "-1e-7", "100", "1.5"]
[parseInt.length, parseFloat.length, isNaN.length, parseInt.name]  // -> [2, 1, 1, "parseInt"]
[typeof new Number(1), new Number(5) + 1, new Number() == 0]  // -> ["object", 6, true]
[0.1 + 0.2, 1 / 3, 2 ** 53, 2 ** 53 + 1, 5e-324 / 2, 1e308 * 10]  // -> [0.30000000000000004, 0.3333333333333333, 9007199254740992, 9007199254740992, 0, Infinity]

// rule: r-Number.EPSILON
Number.EPSILON === 2 ** -52 // -> true
1 + Number.EPSILON > 1 // -> true
Number.EPSILON = 1; Number.EPSILON < 1 // -> true

// rule: r-Number.MAX_SAFE_INTEGER
Number.MAX_SAFE_INTEGER === 2 ** 53 - 1 // -> true
Number.MAX_SAFE_INTEGER + 1 === Number.MAX_SAFE_INTEGER + 2 // -> true
"use strict"; Number.MAX_SAFE_INTEGER = 1 // -> throws TypeError
Number.MAX_SAFE_INTEGER + 2 // -> 9007199254740992

// rule: r-Number.MAX_VALUE
Number.MAX_VALUE // -> 1.7976931348623157e+308
Number.MAX_VALUE * 2 // -> Infinity
Number.MAX_VALUE + 1 === Number.MAX_VALUE // -> true

// rule: r-Number.MIN_SAFE_INTEGER
Number.MIN_SAFE_INTEGER // -> -9007199254740991
Number.isSafeInteger(Number.MIN_SAFE_INTEGER) // -> true
Number.isSafeInteger(Number.MIN_SAFE_INTEGER - 1) // -> false

// rule: r-Number.MIN_VALUE
Number.MIN_VALUE // -> 5e-324
Number.MIN_VALUE / 2 // -> 0
Number.MIN_VALUE > 0 // -> true

// rule: r-Number.NEGATIVE_INFINITY
Number.NEGATIVE_INFINITY // -> -Infinity
Number.NEGATIVE_INFINITY === -1 / 0 // -> true
delete Number.NEGATIVE_INFINITY // -> false

// rule: r-Number.NaN
Number.NaN // -> NaN
Number.NaN === Number.NaN // -> false
"use strict"; Number.NaN = 1 // -> throws TypeError

// rule: r-Number.POSITIVE_INFINITY
Number.POSITIVE_INFINITY // -> Infinity
Number.POSITIVE_INFINITY === Infinity // -> true
"use strict"; delete Number.POSITIVE_INFINITY // -> throws TypeError

// rule: r-Number.isFinite
[Number.isFinite(1), Number.isFinite(Infinity), Number.isFinite(NaN)] // -> [true, false, false]
Number.isFinite("1") // -> false
Number.isFinite() // -> false

// rule: r-Number.isInteger
[Number.isInteger(5), Number.isInteger(5.0), Number.isInteger(5.1), Number.isInteger("5"), Number.isInteger(Infinity), Number.isInteger(-0)]  // -> [true, true, false, false, false, true]
[1, 1.0, -0, 1e300].every(Number.isInteger) // -> true
[1.5, NaN, "1", null, Infinity].some(Number.isInteger) // -> false
Number.isInteger(new Number(1)) // -> false
(function () { return [Number.MAX_SAFE_INTEGER, Number.EPSILON > 0, Number.MIN_VALUE, Number.isInteger(5.0), Number.isSafeInteger(2 ** 53)] })() // -> [9007199254740991, true, 5e-324, true, false]

// rule: r-Number.isNaN
Number.isNaN(NaN) // -> true
[Number.isNaN("a"), Number.isNaN(undefined), Number.isNaN({})] // -> [false, false, false]
Number.isNaN(0 / 0) // -> true

// rule: r-Number.isSafeInteger
[Number.isSafeInteger(9007199254740991), Number.isSafeInteger(9007199254740992), Number.isNaN(NaN), Number.isNaN("x"), Number.isFinite("1"), Number.isFinite(1)]  // -> [true, false, true, false, false, true]
Number.isSafeInteger(2 ** 53) // -> false
Number.isSafeInteger(1.5) // -> false
Number.isSafeInteger("1") // -> false

// rule: r-Number.parseFloat
Number.parseFloat === parseFloat // -> true
Number.parseFloat("1.5x") // -> 1.5
Number.parseFloat("x") // -> NaN
Number.parseFloat('1.5e1000') // -> Infinity

// rule: r-Number.parseInt
Number.parseInt === parseInt // -> true
Number.parseInt("11", 2) // -> 3
Number.parseInt("x") // -> NaN

// rule: r-Number.prototype.toExponential
[(123456).toExponential(2), (0).toExponential(), (0).toExponential(2), (0.00015).toExponential(), (1.25).toExponential(1), (-1.5e-9).toExponential(3), Infinity.toExponential(500), (123).toExponential(undefined)]  // -> ["1.23e+5", "0e+0", "0.00e+0", "1.5e-4", "1.3e+0", "-1.500e-9", "Infinity", "1.23e+2"]
(1).toExponential(101)  // -> throws RangeError
(0.00001).toExponential() // -> "1e-5"
NaN.toExponential(1000) // -> "NaN"
(5).toExponential(-1) // -> throws RangeError
(123456).toExponential(2) // -> "1.23e+5"
(0).toExponential(3) // -> "0.000e+0"
(0).toExponential() // -> "0e+0"
(1.25).toExponential(1) // -> "1.3e+0"
(12345).toExponential(10) // -> "1.2345000000e+4"

// rule: r-Number.prototype.toFixed
[(1.005).toFixed(2), (0.5).toFixed(0), (2.5).toFixed(0), (1.45).toFixed(1), (-1.5).toFixed(0), (1e21).toFixed(2), (0).toFixed(2), (-0).toFixed(1), (123.456).toFixed(), NaN.toFixed(2), (1000000000000000128).toFixed(1)]  // -> ["1.00", "1", "3", "1.4", "-2", "1e+21", "0.00", "0.0", "123", "NaN", "1000000000000000128.0"]
(1).toFixed(101)  // -> throws RangeError
(1).toFixed(-1)  // -> throws RangeError
(123.456).toFixed(10) // -> "123.4560000000"
(0.000001).toFixed(7) // -> "0.0000010"
(1.45).toFixed(1) // -> "1.4"
(8.345).toFixed(2) // -> "8.35"
(-1.5).toFixed(0) // -> "-2"
(1e-10).toFixed(2) // -> "0.00"
(-0).toFixed(1) // -> "0.0"
(1e21).toFixed(2) // -> "1e+21"
(0.5).toFixed(0) // -> "1"
(1.5).toFixed(0) // -> "2"
(2.5).toFixed(0) // -> "3"
(-0.5).toFixed(0) // -> "-1"
(1.255).toFixed(2) // -> "1.25"
(1000000000000000128).toFixed(0) // -> "1000000000000000128"
(1e-7).toFixed(10) // -> "0.0000001000"
(function () { return [(1.005).toFixed(2), (1e21).toFixed(2), (0).toFixed(2), (-1.5).toFixed(0), (123.456).toPrecision(4), (0.00001).toPrecision(1), (1234.5).toExponential(2)] })() // -> ["1.00", "1e+21", "0.00", "-2", "123.5", "0.00001", "1.23e+3"]

// rule: r-Number.prototype.toLocaleString
(1234.5).toLocaleString === undefined  // -> false
(12).toLocaleString() // -> "12"
NaN.toLocaleString() // -> "NaN"
(5).toLocaleString.call("5") // -> throws TypeError

// rule: r-Number.prototype.toPrecision
[(123.456).toPrecision(4), (0.000001).toPrecision(2), (1e21).toPrecision(3), (123456).toPrecision(2), (0).toPrecision(3), (0.0000001).toPrecision(1), (1.25).toPrecision(2), (5).toPrecision(), (99.99).toPrecision(2)]  // -> ["123.5", "0.0000010", "1.00e+21", "1.2e+5", "0.00", "1e-7", "1.3", "5", "1.0e+2"]
(1).toPrecision(0)  // -> throws RangeError
(1).toPrecision(101)  // -> throws RangeError
(0.00015).toPrecision(1) // -> "0.0001"
(1e21).toPrecision(22) // -> "1000000000000000000000"
(35).toPrecision(1) // -> "4e+1"
(-0).toPrecision(2) // -> "0.0"
(0.00001).toPrecision(1) // -> "0.00001"
(1e21).toPrecision(3) // -> "1.00e+21"
(123.456).toPrecision(4) // -> "123.5"
(99.99).toPrecision(3) // -> "100"

// rule: r-Number.prototype.toString
// differs: how many digits another radix shows is free (6.1.6.1.20)
[(255).toString(16), (-255).toString(2), (0.5).toString(2), (0.1).toString(3), (1e21).toString(36), (3.14).toString(8), NaN.toString(2), (-0).toString(2)]  // -> ["ff", "-11111111", "0.1", "0.0022002200220022002200220022002201", "5v1j4f4ds79m9s", "3.10753412172702437", "NaN", "0"]
(1).toString(1)  // -> throws RangeError
(1).toString(37)  // -> throws RangeError
[(1).toString(undefined), (25).toString("36")]  // -> ["1", "p"]
Number.prototype.toString.call("x")  // -> throws TypeError
(25).toString(36) // -> "p"
(-255).toString(16) // -> "-ff"
(0.1).toString(2).length // -> 57
(-0).toString() // -> "0"
(255).toString(2) // -> "11111111"
(0.5).toString(16) // -> "0.8"
(-7.25).toString(2) // -> "-111.01"
(1/3).toString(3) // -> "0.1"
(2**53).toString(36) // -> "2gosa7pa2gw"
(NaN).toString(2) // -> "NaN"
(10).toString(undefined) // -> "10"
(10).toString(37) // -> throws RangeError

// rule: r-Number.prototype.valueOf
Number.prototype.valueOf.call(new Number(3))  // -> 3
(5).valueOf() // -> 5
typeof new Number(5).valueOf() // -> "number"
(5).valueOf.call("5") // -> throws TypeError
