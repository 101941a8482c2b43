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
/(?<a>x)|(?<a>y)/.exec("y").groups.a // -> "y"
/(?:(?<a>x)|(?<a>y))\k<a>/.exec("yy")[0] // -> "yy"
Object.keys(/(?<b>x)|(?<a>y)(?<b>z)/.exec("x").groups) // -> ["b", "a"]
"xy".replace(/(?<a>x)|(?<a>y)/g, "[$<a>]") // -> "[x][y]"
/(?<a>x)(?:(?<a>y)|z)/ // -> early error
/(?<\u0061b>x)/.exec('x').groups.ab // -> "x"
/(?:(?:(?<a>x)|(?<a>y))\k<a>){2}/.exec("xxyy") // -> ["xxyy", undefined, "y"]
/(?<a>x)|(?<a>y)/d.exec("y").indices.groups.a // -> [0, 1]
/(?:(?<a>x)|z)(?:(?<a>y)|z)/ // -> early error
/(?<a>x|(?<a>y))/ // -> early error
/(?<a>.)(?<b>.)\k<b>\k<a>/.exec('xyyx').groups.b // -> "y"
/(?<𝒜>.)/u.exec('x').groups['𝒜'] // -> "x"
/(?<a\u{62}>.)/u.exec('x').groups.ab // -> "x"
