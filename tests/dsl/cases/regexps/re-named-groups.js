// rule: r-re-named-groups
/(?<y>\d{4})-(?<m>\d\d)/.exec("2020-05").groups.m // -> "05"
Object.getPrototypeOf(/(?<a>.)/.exec("x").groups) // -> null
Object.keys(/(?<b>.)(?<a>.)?/.exec("x").groups) // -> ["b", "a"]
/a/.exec("a").groups // -> undefined
/(?<a>.)(?<a>.)/ // -> early error
/(?<1a>.)/ // -> early error
/(?<a/ // -> early error
/(?<$_é>x)/.exec("x").groups // -> {"$_é": "x"}
/(?<\u0061b>x)/.exec("x").groups.ab // -> "x"
"2020-05".replace(/(?<y>\d+)-(?<m>\d+)/, "$<m>/$<y>") // -> "05/2020"
// differs: groups of one name in alternatives came after ECMA-262 2023
/(?<a>x)|(?<a>y)/ // -> early error
/(?<\u0061b>x)/.exec('x').groups.ab // -> "x"
