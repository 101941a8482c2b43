// rule: r-line-ends
1«U+000A»+«U+000D»2«U+2028»+«U+2029»3 // -> 6
var a = 1«U+000D»var b = 2«U+2028»var c = 3«U+2029»a + b + c // -> 6
1«U+000D»«U+000A»2«U+000D»«U+000A»(«U+000D»«U+000A») // -> throws TypeError 2:1
1«U+000D»«U+000A»2«U+000D»«U+000D»«U+000A») // -> syntax error 4:1
1«U+2028»2«U+2029»«U+000D»( // -> syntax error 4:2
