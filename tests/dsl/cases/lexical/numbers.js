// rule: r-numbers
[0, 1.5, .5, 5., 1e3, 1E-2, 1.5e+2] // -> [0, 1.5, 0.5, 5, 1000, 0.01, 150]
[0x1F, 0Xff, 0o17, 0O7, 0b101, 0B1] // -> [31, 255, 15, 7, 5, 1]
[1_000, 0xF_F, 0b1_0, 1_0.0_1, 1e1_0] // -> [1000, 255, 2, 10.01, 10000000000]
[9007199254740993, 0.1 + 0.2, 1e400, 5e-325] // -> [9007199254740992, 0.30000000000000004, Infinity, 0]
1..toString() + 1.0.toFixed(1) // -> "11.0"
3in [1, 2] // -> syntax error 1:2
3.a // -> syntax error 1:3
1_ // -> syntax error 1:2
1__0 // -> syntax error 1:2
0x // -> syntax error
0b12 // -> syntax error 1:4
0o8 // -> syntax error
0_1 // -> syntax error 1:2
1e // -> syntax error 1:2
0x1.5 // -> syntax error
0xffffffffffffffffff // -> 4.722366482869645e+21
0b2 // -> syntax error 1:2
0B // -> syntax error 1:2
0o // -> syntax error 1:2
0b1.0 // -> syntax error 1:4
0b1e1 // -> syntax error 1:4
0x1e1 // -> 481
01.5 // -> syntax error 1:3
08.5 // -> 8.5
08e1 // -> 80
09.e1 // -> 90
07e1 // -> syntax error 1:3
0_1 // -> syntax error 1:2
1_.5 // -> syntax error 1:2
1._5 // -> syntax error 1:3
1e_5 // -> syntax error 1:2
1e5_ // -> syntax error 1:4
0x_1 // -> syntax error 1:2
.5_5 // -> 0.55
._5 // -> syntax error 1:1
5..a // -> undefined
5.a // -> syntax error 1:3
3 .a // -> undefined
1.e3 // -> 1000
(function () { return 1_000_000 + 0x1F + 0o17 + 0b11 + 1e3 })() // -> 1001049
