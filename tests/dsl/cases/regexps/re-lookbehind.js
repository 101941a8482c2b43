// rule: r-re-lookbehind
/(?<=\$)\d+/.exec("a$42")[0] // -> "42"
/(?<!\$)\b\d+/.exec("$42 17")[0] // -> "17"
/(?<=(\d+)(\d+))$/.exec("1053").slice(1) // -> ["1", "053"]
/(?<=\1(a))b/.exec("aab")[0] // -> "b"
/(?<=a)+/ // -> early error
/(?<=^a)b/.test("ab") // -> true
"abc".replace(/(?<=a)/, "-") // -> "a-bc"
/(?<=a|bc)d/.exec("bcd").index // -> 2
