// rule: r-precedence
1 + 2 * 3 - 4 / 2 // -> 5
2 ** 3 ** 2 // -> 512
10 - 2 - 3 // -> 5
1 | 2 ^ 3 & 4 // -> 3
1 + 1 << 1 < 5 === true // -> true
1 || 0 && 0 // -> 1
true ? 1 : true ? 2 : 3 // -> 1
var a, b; a = b = 5; [a, b] // -> [5, 5]
!0 + 1 // -> 2
typeof 1 + 1 // -> "number1"
-2 ** 2 // -> early error 1:1
(-2) ** 2 + 2 ** -1 // -> 4.5
1, 2 ? 3 : 4, 5 // -> 5
a = 1 ? 2 : 3; var a; a // -> 2
2 + 3 in [0, 1, 2, 3, 4, 5] // -> true
new Date(0).getTime() + 1 // -> 1
6 / 2 * 3 % 5 // -> 4
true && false || true // -> true
1 < 2 < 3 // -> true
3 > 2 > 1 // -> false
