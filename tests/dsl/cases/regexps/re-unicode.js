// rule: r-re-unicode
/^.$/u.test("😀") // -> true
/😀{2}/u.test("😀😀") // -> true
/\ud83d/u.test("😀") // -> false
/\ud83d/.test("😀") // -> true
/^[^a]$/u.test("😀") // -> true
"😀".match(/./gu).length + "😀".match(/./g).length // -> 3
(function () { var r = /\udf06/u; r.lastIndex = 1; return r.exec("\ud834\udf06") })() // -> null
"😀".replace(/(?:)/gu, "-") // -> "-😀-"
"\ud83d".match(/^[\ud83d]$/u).length // -> 1
[/\u{1F600}/u.test('\ud83d\ude00'), /^.$/u.test('\ud83d\ude00'), /^.$/.test('\ud83d\ude00'), /\ud83d\ude00/u.test('\ud83d\ude00')].join() // -> "true,true,false,true"
/\u{1F600}/u.source // -> "\\u{1F600}"
/^\S$/u.test('😀') // -> true
/😀?/u.exec('\ud83d')[0].length // -> 0
/./su.exec('\u2028')[0].length // -> 1
