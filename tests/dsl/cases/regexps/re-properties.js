// rule: r-re-properties
[/\p{Lu}/u.test("É"), /\p{Uppercase_Letter}/u.test("é"), /\P{L}/u.test("1")] // -> [true, false, true]
[/\p{Script=Greek}/u.test("π"), /\p{sc=Latin}/u.test("π"), /\p{scx=Greek}/u.test("π")] // -> [true, false, true]
[/^\p{ASCII}+$/u.test("abc"), /\p{Alphabetic}/u.test("é"), /\p{White_Space}/u.test(" "), /\p{Any}/u.test("x")] // -> [true, true, true, true]
/\p{gc=Nd}/u.test("٣") // -> true
/[\p{L}\d]+/u.exec("-é9-")[0] // -> "é9"
/\p{Nothing}/u // -> early error
/\p{lu}/u // -> early error
/\p{Script}/u // -> early error
/\p{L}/.test("p{L}") // -> true
/\p/u // -> early error
[/\p{Lu}/u.test('É'), /\P{Lu}/u.test('é'), /\p{Script=Greek}/u.test('π'), /[^\p{L}]/u.test('1')].join() // -> "true,true,true,true"
/\p{Script=Latin}+/u.exec('éàx1')[0] // -> "éàx"
/\p{Lowercase}/u.test('ª') // -> true
/\p{ID_Start}/u.test('℘') // -> true
/\p{Emoji}/u.test('1') // -> true
/\p{L}/ui.test('é') // -> true
/[\p{Lu}]/iu.test('a') // -> true
/[^\P{Lu}]/iu.test('a') // -> false
/\P{Lu}/iu.test('A') // -> true
