// rule: r-re-alternatives
/a|ab/.exec("abc")[0] // -> "a"
/(?:a|ab)c/.exec("abc")[0] // -> "abc"
/|a/.exec("a")[0] // -> ""
/((a)|(b))+/.exec("ab") // -> ["ab", "b", undefined, "b"]
/^(?:foo|bar)$/.test("bar") // -> true
/a|ab/.exec('ab')[0] // -> "a"
/((a)|(ab))((c)|(bc))/.exec('abc') // -> ["abc", "a", "a", undefined, "bc", undefined, "bc"]
/()|/.exec('') // -> ["", ""]
