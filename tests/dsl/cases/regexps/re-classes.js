// rule: r-re-classes
/^[a-c1]+$/.test("abc1") // -> true
/[^a-c]/.exec("abcd")[0] // -> "d"
[/[]/.test("a"), /[^]/.test("\n")] // -> [false, true]
[/[\b]/.test("\b"), /[-a]/.test("-"), /[a-]/.test("-"), /[\]]/.test("]"), /[(.]/.test(".")] // -> [true, true, true, true, true]
/[b-a]/ // -> early error
/[a/ // -> syntax error
/[😀-😂]/u.test("😁") // -> true
/[^x]/u.exec("😀")[0].length // -> 2
/[\u{1f600}-\u{1f610}]/u.test("\u{1f605}") // -> true
/[^\W\d]/.exec('1_')[0] // -> "_"
/[😀]/.exec('😀')[0].length // -> 1
/^[^x]$/.test('😀') // -> false
