// rule: r-white-space
1«U+0009»+«U+000B»2«U+000C»+«U+00A0»3«U+FEFF»+«U+2003»4«U+3000» // -> 10
[1,«U+1680»2,«U+202F»3,«U+205F»4] // -> [1, 2, 3, 4]
var«U+00A0»a = 1; a // -> 1
1 +«U+180E»2 // -> syntax error 1:4
1 +«U+200B»2 // -> syntax error 1:4
1 +«U+0085»2 // -> syntax error 1:4
