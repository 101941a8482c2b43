// rule: r-power
[2 ** 10, 2 ** -1, 2 ** 0.5, (-8) ** (1 / 3)] // -> [1024, 0.5, 1.4142135623730951, NaN]
[0 ** 0, NaN ** 0, 1 ** Infinity, (-1) ** Infinity, 2 ** NaN] // -> [1, 1, NaN, NaN, NaN]
[(-2) ** 3, (-0) ** -1, (-0) ** 3, 0 ** -2, (-Infinity) ** 3] // -> [-8, -Infinity, -0, Infinity, -Infinity]
[2 ** 53, 10 ** 21, 2 ** 1024, 2 ** -1075] // -> [9007199254740992, 1e+21, Infinity, 0]
"2" ** "3" // -> 8
-1 ** 2 // -> early error 1:1
typeof 2 ** 2 // -> early error
var a = 3; a ** 2 + a++ ** 2 // -> 18
2 ** -1 // -> 0.5
(-2) ** 2 // -> 4
(-8) ** (1/3) // -> NaN
0 ** 0 // -> 1
NaN ** 0 // -> 1
1 ** Infinity // -> NaN
10 ** 21 + '' // -> "1e+21"
2 ** 1023 * 2 // -> Infinity
(function () { return 2 ** 3 ** 2 })() // -> 512
(function () { return -(2 ** 2) })() // -> -4
(function () { return [2 ** -1074, 2 ** 1024, (-8) ** (1 / 3), 0 ** 0, NaN ** 0, 1 ** Infinity, (-2) ** 3, (-2) ** -3, 10 ** 21, 10 ** -7, 0 ** -1, (-0) ** -1, (-0) ** -3, Infinity ** -1] })() // -> [5e-324, Infinity, NaN, 1, 1, NaN, -8, -0.125, 1e+21, 1e-7, Infinity, -Infinity, -Infinity, 0]
