// rule: r-early-regexps
/[/ // -> syntax error
/a**/ // -> early error
if (0) /(/ // -> early error
/a/gg // -> early error
/(?<a>.)(?<a>.)/ // -> early error
/\u{110000}/u // -> early error
/(?<=a)+/ // -> early error
/{1}/ // -> early error
/a{2,1}/ // -> early error
(function () { return /\k<b>(?<a>.)/ }) // -> early error
