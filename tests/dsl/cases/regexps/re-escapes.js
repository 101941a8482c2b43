// rule: r-re-escapes
/^\t\n\v\f\r\0$/.test("\t\n\v\f\r\0") // -> true
[/\cJ/.test("\n"), /\x41/.test("A"), /\u0041/.test("A"), /\u{1F600}/u.test("😀")] // -> [true, true, true, true]
/\ud83d\ude00/u.test("😀") // -> true
/\-/u // -> early error
/\a/u // -> early error
/\x4/u // -> early error
/\u{110000}/u // -> early error
[/\a/.test("a"), /\u{3}/.test("uuu"), /\x4/.test("x4"), /\c/.test("\\c")] // -> [true, true, true, true]
/\1/u // -> early error
[/\101/.test("A"), /\8/.test("8"), /[\1]/.test("\x01")] // -> [true, true, true]
