// rule: r-re-lookbehind
/(?<=\$)\d+/.exec("a$42")[0] // -> "42"
/(?<!\$)\b\d+/.exec("$42 17")[0] // -> "17"
/(?<=(\d+)(\d+))$/.exec("1053").slice(1) // -> ["1", "053"]
/(?<=\1(a))b/.exec("aab")[0] // -> "b"
/(?<=a)+/ // -> early error
/(?<=^a)b/.test("ab") // -> true
"abc".replace(/(?<=a)/, "-") // -> "a-bc"
/(?<=a|bc)d/.exec("bcd").index // -> 2
/(?<=(?<a>\w){3})f/.exec('abcdef').groups.a // -> "c"
/(?<=(\w)+)f/.exec('abcdef')[1] // -> "a"
/(?<=^(\w+))def/.exec('abcdef')[1] // -> "abc"
/(?<!abc)\w\w\w/.exec('abcdef')[0] // -> "abc"
/(?<=a(.\2)b(\1)).{4}/.exec('aabcacbc') // -> ["cacb", "a", ""]
/(?<=([abc]+)([abc]+))$/.exec('abc') // -> ["", "a", "bc"]
