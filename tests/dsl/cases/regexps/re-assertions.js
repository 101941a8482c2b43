// rule: r-re-assertions
[/^b/.test("a\nb"), /^b/m.test("a\nb"), /a$/m.test("a\u2028b"), /a$/.test("a\n")] // -> [false, true, true, false]
"a bc".replace(/\b/g, "|") // -> "|a| |bc|"
/\Bo/.exec("foo").index // -> 1
/^$/.test("") // -> true
/\b/.test("é") // -> false
"ab\ncd".match(/^./gm) // -> ["a", "c"]
/a^b/m.test("ab") // -> false
