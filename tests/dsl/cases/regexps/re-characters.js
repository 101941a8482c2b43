// rule: r-re-characters
/a.c/.test("abc") // -> true
[/^.$/.test("\n"), /^.$/.test("\u2028"), /^.$/.test("\r"), /^.$/s.test("\n")] // -> [false, false, false, true]
/a\.c/.test("abc") // -> false
/\//.source // -> "\\/"
[/^.$/.test("😀"), /^..$/.test("😀"), /^.$/u.test("😀")] // -> [false, true, true]
/é/.test("e\u0301") // -> false
/\b/.exec('') // -> null
/a/.hasOwnProperty('source') // -> false
