// rule: r-Math
[Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2]  // -> [3.141592653589793, 2.718281828459045, 0.6931471805599453, 2.302585092994046, 1.4426950408889634, 0.4342944819032518, 1.4142135623730951, 0.7071067811865476]
Object.prototype.toString.call(Math)  // -> "[object Math]"
typeof Math  // -> "object"
Math()  // -> throws TypeError
new Math()  // -> throws TypeError

// rule: r-Math.E
Math.E // -> 2.718281828459045
Math.E = 3; Math.E // -> 2.718281828459045
"use strict"; delete Math.E // -> throws TypeError

// rule: r-Math.LN10
Math.LN10 // -> 2.302585092994046
Math.LN10 === Math.log(10) // -> true
"use strict"; Math.LN10 = 1 // -> throws TypeError

// rule: r-Math.LN2
Math.LN2 // -> 0.6931471805599453
Math.LN2 === Math.log(2) // -> true
"use strict"; Math.LN2 = 1 // -> throws TypeError

// rule: r-Math.LOG10E
Math.LOG10E // -> 0.4342944819032518
Math.LOG10E < Math.LOG2E // -> true
delete Math.LOG10E // -> false

// rule: r-Math.LOG2E
Math.LOG2E // -> 1.4426950408889634
typeof Math.LOG2E // -> "number"
delete Math.LOG2E // -> false

// rule: r-Math.PI
Math.PI // -> 3.141592653589793
Math.cos(Math.PI) // -> -1
"use strict"; Math.PI = 3 // -> throws TypeError

// rule: r-Math.SQRT1_2
Math.SQRT1_2 // -> 0.7071067811865476
Math.SQRT1_2 === Math.sqrt(0.5) // -> true
delete Math.SQRT1_2 // -> false

// rule: r-Math.SQRT2
Math.SQRT2 // -> 1.4142135623730951
Math.SQRT2 === Math.sqrt(2) // -> true
delete Math.SQRT2 // -> false

// rule: r-Math.abs
[Math.abs(-5), Math.abs(-0), Math.abs("-3"), Math.abs(null), Math.abs(), Math.abs([-2])]  // -> [5, 0, 3, 0, NaN, 2]
[Math.abs(-1.5), Math.abs(-Infinity), Math.abs("-2")] // -> [1.5, Infinity, 2]
Math.abs() // -> NaN
Math.abs(Object.create(null)) // -> throws TypeError

// rule: r-Math.acos
[Math.acos(1), Math.acos(2), Math.acos(NaN)] // -> [0, NaN, NaN]
Math.acos(-1) === Math.PI // -> true
Math.acos(Object.create(null)) // -> throws TypeError

// rule: r-Math.acosh
[Math.acosh(1), Math.acosh(0.5), Math.acosh(Infinity)] // -> [0, NaN, Infinity]
Math.acosh() // -> NaN
Math.acosh("1") // -> 0

// rule: r-Math.asin
[Math.asin(0), Math.asin(-0), Math.asin(1.1)] // -> [0, -0, NaN]
Math.asin(1) === Math.PI / 2 // -> true
Math.asin() // -> NaN

// rule: r-Math.asinh
[Math.asinh(0), Math.asinh(-0), Math.asinh(-Infinity)] // -> [0, -0, -Infinity]
Math.asinh() // -> NaN
Math.asinh(null) // -> 0

// rule: r-Math.atan
[Math.atan(0), Math.atan(-0)] // -> [0, -0]
Math.atan(Infinity) === Math.PI / 2 // -> true
Math.atan("x") // -> NaN

// rule: r-Math.atan2
[Math.atan2(0, 1), Math.atan2(-0, 1), Math.atan2(NaN, 1)] // -> [0, -0, NaN]
[Math.atan2(0, -1) === Math.PI, Math.atan2(1, 0) === Math.PI / 2, Math.atan2(-0, -0) === -Math.PI] // -> [true, true, true]
Math.atan2(1) // -> NaN

// rule: r-Math.atanh
[Math.atanh(0), Math.atanh(-0), Math.atanh(1), Math.atanh(-1), Math.atanh(2)] // -> [0, -0, Infinity, -Infinity, NaN]
Math.atanh() // -> NaN
Math.atanh("0") // -> 0

// rule: r-Math.cbrt
[Math.cbrt(27), Math.cbrt(-8), Math.cbrt(-0), Math.cbrt(Infinity)] // -> [3, -2, -0, Infinity]
Math.cbrt(0.001) // -> 0.1
Math.cbrt() // -> NaN

// rule: r-Math.ceil
[Math.ceil(1.1), Math.ceil(-1.9), Math.ceil(-0.5), Math.ceil(5)] // -> [2, -1, -0, 5]
[Math.ceil(Infinity), Math.ceil(2 ** 52 + 0.5)] // -> [Infinity, 4503599627370496]
Math.ceil() // -> NaN

// rule: r-Math.clz32
[Math.clz32(1), Math.clz32(0), Math.clz32(-1), Math.clz32(0.5), Math.imul(0xffffffff, 5), Math.imul(3, "4"), Math.imul(65536, 65536)]  // -> [31, 32, 0, 32, -5, 12, 0]
[Math.clz32(1), Math.clz32(0), Math.clz32(-1), Math.clz32(0x100)] // -> [31, 32, 0, 23]
Math.clz32(NaN) // -> 32
Math.clz32() // -> 32

// rule: r-Math.cos
[Math.cos(0), Math.cos(-0), Math.cos(Infinity)] // -> [1, 1, NaN]
Math.cos(Math.PI) // -> -1
Math.cos() // -> NaN

// rule: r-Math.cosh
[Math.cosh(0), Math.cosh(-Infinity), Math.cosh(1000)] // -> [1, Infinity, Infinity]
Math.cosh() // -> NaN
Math.cosh("0") // -> 1

// rule: r-Math.exp
[Math.exp(0), Math.exp(-Infinity), Math.exp(1000)] // -> [1, 0, Infinity]
Math.exp(1) === Math.E // -> true
Math.exp() // -> NaN

// rule: r-Math.expm1
[Math.expm1(0), Math.expm1(-0), Math.expm1(-Infinity), Math.expm1(1e-300)] // -> [0, -0, -1, 1e-300]
Math.expm1(1000) // -> Infinity
Math.expm1() // -> NaN

// rule: r-Math.floor
[Math.floor(-1.5), Math.floor(-0), Math.ceil(-0.5), Math.ceil(1.2), Math.trunc(-0.9), Math.trunc(7.8), Math.floor(Infinity)]  // -> [-2, -0, -0, 2, -0, 7, Infinity]
[Math.floor(1.9), Math.floor(-1.1), Math.floor(-0), Math.floor(2 ** 53)] // -> [1, -2, -0, 9007199254740992]
Math.floor("3.7") // -> 3
Math.floor() // -> NaN

// rule: r-Math.fround
[Math.fround(5.5), Math.fround(5.05), Math.fround(1e300), Math.fround(-0), Math.fround(NaN)]  // -> [5.5, 5.050000190734863, Infinity, -0, NaN]
[Math.fround(1.5), Math.fround(0.1), Math.fround(-0)] // -> [1.5, 0.10000000149011612, -0]
Math.fround(3.5e38) // -> Infinity
Math.fround() // -> NaN

// rule: r-Math.hypot
[Math.hypot(3, 4), Math.hypot(), Math.hypot(-5)] // -> [5, 0, 5]
[Math.hypot(NaN, Infinity), Math.hypot(NaN, 1), Math.hypot(1e200, 0)] // -> [Infinity, NaN, 1e+200]
Math.hypot(3, "4") // -> 5
[Math.cbrt(-27), Math.cbrt(2) > 1.2599, Math.expm1(1000), Math.hypot(), Math.hypot(3, 4), Math.hypot(NaN, Infinity), Math.sinh(1000), Math.fround(5.5)].join() // -> "-3,true,Infinity,0,5,Infinity,Infinity,5.5"

// rule: r-Math.imul
[Math.imul(3, 4), Math.imul(-5, 12), Math.imul(0xffffffff, 5)] // -> [12, -60, -5]
Math.imul(2 ** 31, 2) // -> 0
Math.imul(1) // -> 0

// rule: r-Math.log
[Math.log(0), Math.log(-1), Math.log10(1000), Math.log2(8), Math.log1p(-1), Math.log1p(-2), Math.exp(1000), Math.exp(-1000), Math.expm1(1e-10), Math.expm1(-0)]  // -> [-Infinity, NaN, 3, 3, -Infinity, NaN, Infinity, 0, 1.00000000005e-10, -0]
[Math.log(1), Math.log(0), Math.log(-1), Math.log(Infinity)] // -> [0, -Infinity, NaN, Infinity]
Math.log(Math.E) // -> 1
Math.log() // -> NaN

// rule: r-Math.log10
[Math.log10(1), Math.log10(1000), Math.log10(0), Math.log10(-1)] // -> [0, 3, -Infinity, NaN]
Math.log10(1e-5) // -> -5
Math.log10() // -> NaN

// rule: r-Math.log1p
[Math.log1p(0), Math.log1p(-0), Math.log1p(-1), Math.log1p(-2)] // -> [0, -0, -Infinity, NaN]
Math.log1p(1e-16) // -> 1e-16
Math.log1p() // -> NaN

// rule: r-Math.log2
[Math.log2(1), Math.log2(8), Math.log2(0), Math.log2(-1)] // -> [0, 3, -Infinity, NaN]
Math.log2(2 ** -1074) // -> -1074
Math.log2() // -> NaN

// rule: r-Math.max
Math.max.apply(null, [1, 5, 3])  // -> 5
[Math.max(), Math.min(), Math.max(1, "3", 2), Math.max(NaN, 1), Math.max(-0, 0), Math.min(0, -0), Math.max([2], null), Math.max(1, {})]  // -> [-Infinity, Infinity, 3, NaN, 0, -0, 2, NaN]
[Math.max.length, Math.hypot.length, Math.atan2.length, Math.random.length, Math.abs.name]  // -> [2, 2, 2, 0, "abs"]
new Math.max(1)  // -> throws TypeError
(function () { var s = []; Math.max({valueOf: () => s.push("a")}, {valueOf: () => s.push("b")}); return s })()  // -> ["a", "b"]

// rule: r-Math.min
[Math.min(3, 1, 2), Math.min(0, -0), Math.min("2", 5)] // -> [1, -0, 2]
Math.min() // -> Infinity
Math.min(1, NaN) // -> NaN

// rule: r-Math.pow
[Math.pow(2, 10), Math.pow(0, 0), Math.pow(1, Infinity), Math.pow(-2, 0.5), Math.pow(-0, -1), Math.pow(NaN, 0), Math.pow(2, -1), Math.pow(10, 308)]  // -> [1024, 1, NaN, NaN, -Infinity, 1, 0.5, 1e+308]
[Math.pow(2, 10), Math.pow(2, -1), Math.pow(4, 0.5)] // -> [1024, 0.5, 2]
[Math.pow(NaN, 0), Math.pow(1, Infinity), Math.pow(-8, 1 / 3)] // -> [1, NaN, NaN]
Math.pow() // -> NaN

// rule: r-Math.random
(function () { var r = Math.random(); return r >= 0 && r < 1 })()  // -> true
typeof Math.random() // -> "number"
for (var i = 0, ok = true; i < 100; i++) { var r = Math.random(); ok = ok && r >= 0 && r < 1 } ok // -> true
new Math.random // -> throws TypeError
// with: random=500
Math.random() // -> 0.5

// rule: r-Math.round
[Math.round(2.5), Math.round(-2.5), Math.round(-0.5), Math.round(0.49999999999999994), Math.round(-0.2), Math.round(1e300), Math.round(4503599627370495.5), Math.round(NaN)]  // -> [3, -2, -0, 0, -0, 1e+300, 4503599627370496, NaN]
[Math.round(0.5), Math.round(-0.5), Math.round(1.5), Math.round(-1.5), Math.round(2.4)] // -> [1, -0, 2, -1, 2]
[Math.round(0.49999999999999994), Math.round(2 ** 52 + 1)] // -> [0, 4503599627370497]
Math.round() // -> NaN
(function () { return [Math.max(), Math.min(), Math.max(1, NaN), Math.round(2.5), Math.round(-2.5), Math.trunc(-4.7), Math.sign(-3), Math.hypot(3, 4), Math.fround(5.5), Math.clz32(1)] })() // -> [-Infinity, Infinity, NaN, 3, -2, -4, -1, 5, 5.5, 31]

// rule: r-Math.sign
[Math.sign(-3), Math.sign(-0), Math.sign("x"), Math.sign(Infinity)]  // -> [-1, -0, NaN, 1]
[Math.sign(-3), Math.sign(0), Math.sign(-0), Math.sign("5")] // -> [-1, 0, -0, 1]
Math.sign(NaN) // -> NaN
Math.sign() // -> NaN
Math.max() + '|' + Math.min() + '|' + Math.max(1, NaN) + '|' + Math.sign(-0) + '|' + Math.cosh(1e9) + '|' + Math.clz32(0) + '|' + Math.imul(0xffffffff, 5) + '|' + Math.log10(1000) + '|' + Math.cbrt(8) + '|' + Math.expm1(0) + '|' + Math.cbrt(0.001) // -> "-Infinity|Infinity|NaN|0|Infinity|32|-5|3|2|0|0.1"

// rule: r-Math.sin
[Math.sin(Infinity), Math.cos(0), Math.tan(-0), Math.asin(2), Math.acos(1), Math.atan(-0), Math.atan2(-0, -0) === -Math.PI, Math.atan2(0, 1)]  // -> [NaN, 1, -0, NaN, 0, -0, true, 0]
[Math.sin(0), Math.sin(-0), Math.sin(Infinity)] // -> [0, -0, NaN]
Math.sin(Math.PI / 2) // -> 1
Math.sin() // -> NaN

// rule: r-Math.sinh
[Math.sinh(-1000), Math.cosh(1000), Math.tanh(Infinity), Math.asinh(-0), Math.acosh(0.5), Math.atanh(1), Math.atanh(-1), Math.atanh(2)]  // -> [-Infinity, Infinity, 1, -0, NaN, Infinity, -Infinity, NaN]
[Math.sinh(0), Math.sinh(-0), Math.sinh(-Infinity)] // -> [0, -0, -Infinity]
Math.sinh(1000) // -> Infinity
Math.sinh() // -> NaN

// rule: r-Math.sqrt
[Math.sqrt(-1), Math.sqrt(2), Math.cbrt(-8), Math.hypot(3, 4), Math.hypot(), Math.hypot(NaN, Infinity), Math.hypot(1, NaN)]  // -> [NaN, 1.4142135623730951, -2, 5, 0, Infinity, NaN]
[Math.sqrt(16), Math.sqrt(2), Math.sqrt(-0)] // -> [4, 1.4142135623730951, -0]
Math.sqrt(-1) // -> NaN
Math.sqrt() // -> NaN

// rule: r-Math.tan
[Math.tan(0), Math.tan(-0), Math.tan(Infinity)] // -> [0, -0, NaN]
Math.tan() // -> NaN
Math.tan("0") // -> 0

// rule: r-Math.tanh
[Math.tanh(0), Math.tanh(-0), Math.tanh(Infinity), Math.tanh(-Infinity)] // -> [0, -0, 1, -1]
Math.tanh(30) // -> 1
Math.tanh() // -> NaN

// rule: r-Math.trunc
[Math.trunc(1.9), Math.trunc(-1.9), Math.trunc(-0.5), Math.trunc(1e300)] // -> [1, -1, -0, 1e+300]
Math.trunc("7.8") // -> 7
Math.trunc() // -> NaN
