// rule: r-re-class-escapes
"a1_-é".replace(/\w/g, "x") // -> "xxx-é"
"a1b22".replace(/\D/g, "") // -> "122"
/^\s+$/.test(" \t\n\u00a0\ufeff\u2028\u3000") // -> true
/\s/.test("\u180e") // -> false
[/\w/.test("\u017f"), /\w/iu.test("\u017f"), /\W/iu.test("\u212a")] // -> [false, true, false]
"a b".split(/\s/) // -> ["a", "b"]
/[\d-x]/.exec("-")[0] // -> "-"
/[\d-x]/u // -> early error
