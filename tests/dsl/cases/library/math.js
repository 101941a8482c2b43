// rule: r-Math
[Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2]  // -> [3.141592653589793, 2.718281828459045, 0.6931471805599453, 2.302585092994046, 1.4426950408889634, 0.4342944819032518, 1.4142135623730951, 0.7071067811865476]
Object.prototype.toString.call(Math)  // -> "[object Math]"
typeof Math  // -> "object"
Math()  // -> throws TypeError
new Math()  // -> throws TypeError

// rule: r-Math.abs
[Math.abs(-5), Math.abs(-0), Math.abs("-3"), Math.abs(null), Math.abs(), Math.abs([-2])]  // -> [5, 0, 3, 0, NaN, 2]

// rule: r-Math.clz32
[Math.clz32(1), Math.clz32(0), Math.clz32(-1), Math.clz32(0.5), Math.imul(0xffffffff, 5), Math.imul(3, "4"), Math.imul(65536, 65536)]  // -> [31, 32, 0, 32, -5, 12, 0]

// rule: r-Math.floor
[Math.floor(-1.5), Math.floor(-0), Math.ceil(-0.5), Math.ceil(1.2), Math.trunc(-0.9), Math.trunc(7.8), Math.floor(Infinity)]  // -> [-2, -0, -0, 2, -0, 7, Infinity]

// rule: r-Math.fround
[Math.fround(5.5), Math.fround(5.05), Math.fround(1e300), Math.fround(-0), Math.fround(NaN)]  // -> [5.5, 5.050000190734863, Infinity, -0, NaN]

// rule: r-Math.log
[Math.log(0), Math.log(-1), Math.log10(1000), Math.log2(8), Math.log1p(-1), Math.log1p(-2), Math.exp(1000), Math.exp(-1000), Math.expm1(1e-10), Math.expm1(-0)]  // -> [-Infinity, NaN, 3, 3, -Infinity, NaN, Infinity, 0, 1.00000000005e-10, -0]

// rule: r-Math.max
Math.max.apply(null, [1, 5, 3])  // -> 5
[Math.max(), Math.min(), Math.max(1, "3", 2), Math.max(NaN, 1), Math.max(-0, 0), Math.min(0, -0), Math.max([2], null), Math.max(1, {})]  // -> [-Infinity, Infinity, 3, NaN, 0, -0, 2, NaN]
[Math.max.length, Math.hypot.length, Math.atan2.length, Math.random.length, Math.abs.name]  // -> [2, 2, 2, 0, "abs"]
new Math.max(1)  // -> throws TypeError
(function () { var s = []; Math.max({valueOf: () => s.push("a")}, {valueOf: () => s.push("b")}); return s })()  // -> ["a", "b"]

// rule: r-Math.pow
[Math.pow(2, 10), Math.pow(0, 0), Math.pow(1, Infinity), Math.pow(-2, 0.5), Math.pow(-0, -1), Math.pow(NaN, 0), Math.pow(2, -1), Math.pow(10, 308)]  // -> [1024, 1, NaN, NaN, -Infinity, 1, 0.5, 1e+308]

// rule: r-Math.random
(function () { var r = Math.random(); return r >= 0 && r < 1 })()  // -> true

// rule: r-Math.round
[Math.round(2.5), Math.round(-2.5), Math.round(-0.5), Math.round(0.49999999999999994), Math.round(-0.2), Math.round(1e300), Math.round(4503599627370495.5), Math.round(NaN)]  // -> [3, -2, -0, 0, -0, 1e+300, 4503599627370496, NaN]

// rule: r-Math.sign
[Math.sign(-3), Math.sign(-0), Math.sign("x"), Math.sign(Infinity)]  // -> [-1, -0, NaN, 1]

// rule: r-Math.sin
[Math.sin(Infinity), Math.cos(0), Math.tan(-0), Math.asin(2), Math.acos(1), Math.atan(-0), Math.atan2(-0, -0) === -Math.PI, Math.atan2(0, 1)]  // -> [NaN, 1, -0, NaN, 0, -0, true, 0]

// rule: r-Math.sinh
[Math.sinh(-1000), Math.cosh(1000), Math.tanh(Infinity), Math.asinh(-0), Math.acosh(0.5), Math.atanh(1), Math.atanh(-1), Math.atanh(2)]  // -> [-Infinity, Infinity, 1, -0, NaN, Infinity, -Infinity, NaN]

// rule: r-Math.sqrt
[Math.sqrt(-1), Math.sqrt(2), Math.cbrt(-8), Math.hypot(3, 4), Math.hypot(), Math.hypot(NaN, Infinity), Math.hypot(1, NaN)]  // -> [NaN, 1.4142135623730951, -2, 5, 0, Infinity, NaN]
