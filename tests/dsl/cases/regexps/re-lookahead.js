// rule: r-re-lookahead
/a(?=b)/.exec("aab").index // -> 1
/a(?!b)/.exec("abac").index // -> 2
/(?=(a+))a*b\1/.exec("baaabac") // -> ["aba", "a"]
/(?=(a+))/.exec("baaa") // -> ["", "aaa"]
/(.*?)a(?!(a+)b\2c)\2(.*)/.exec("baaabaac") // -> ["baaabaac", "ba", undefined, "abaac"]
/(?=a)*b/.exec("b")[0] // -> "b"
/(?=a)*/u // -> early error
"1000000".replace(/(?=(?:\d{3})+$)(?!^)/g, ",") // -> "1,000,000"
/(?=(a+))/.exec('baaabac') // -> ["", "aaa"]
/(.*?)a(?!(a+)b\2c)\2(.*)/.exec('baaabaac') // -> ["baaabaac", "ba", undefined, "abaac"]
/\0(?!0)/.test('\0') // -> true
