// rule: r-re-backreferences
/(a)\1/.test("aa") // -> true
/(?<q>['"]).*?\k<q>/.exec("x'a\"b'y")[0] // -> "'a\"b'"
/\1(a)/.exec("aa")[0] // -> "a"
/(?:(a)|b)\1/.exec("b")[0] // -> "b"
/\k<a>/.test("k<a>") // -> true
/\k<a>/u // -> early error
/\k<b>(?<a>.)/ // -> early error
/(a)\2/.test("a\x02") // -> true
/(A)\1/i.test("Aa") // -> true
/(?<a>.)\k<a>/.exec("abb")[0] // -> "bb"
