// rule: r-regexp-literals
/a\/b[/]c/.source // -> "a\\/b[/]c"
1 / 2 / 4 // -> 0.125
var a = 4, g = 2; a /2/ g // -> 1
/=/.test("=") // -> true
var r = []; for (var i = 0; i < 2; i++) r.push(/a/g); r[0] === r[1] // -> false
/(/ // -> early error 1:1: Invalid regular expression: /(/: Unterminated group
/a/gg // -> early error 1:1
/a/q // -> early error 1:1
/a
/ // -> syntax error 1:1
/*a/ // -> syntax error 1:1
/[a/ // -> syntax error 1:1
+{} / 1 // -> NaN
{} /1/.source // -> "1"
(function () {} / 2) // -> NaN
