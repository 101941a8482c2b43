// rule: r-string-escapes
"\b\t\n\v\f\r\0".split("").map(c => c.charCodeAt(0)) // -> [8, 9, 10, 11, 12, 13, 0]
"\x41\u0042\u{43}\u{1F600}" // -> "ABC😀"
"a\
b" // -> "ab"
"a\«U+000D»«U+000A»b\«U+2028»c" // -> "abc"
"\q\'\"\\\a" // -> "q'\"\\a"
"\101\7\377\0\08".split("").map(c => c.charCodeAt(0)) // -> [65, 7, 255, 0, 0, 56]
"\8\9" // -> "89"
"\400" === "\x20" + "0" // -> true
"\x4" // -> syntax error 1:2
"\u004" // -> syntax error 1:2
"\u{110000}" // -> syntax error 1:2
"\u{}" // -> syntax error 1:2
"use strict"; "\01" // -> early error 1:16
"use strict"; "\8" // -> early error 1:16
"use strict"; "\0" // -> "\u0000"
"\ud83d\ude00" === "\u{1f600}" // -> true
'\u{000000000041}' // -> "A"
'\u{}' // -> syntax error 1:2
'\u{g}' // -> syntax error 1:2
'\u00g0' // -> syntax error 1:2
'\x0g' // -> syntax error 1:2
(function () { return '\x41\u0042\u{43}\n\t\\' })() // -> "ABC\n\t\\"
