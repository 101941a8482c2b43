// rule: r-regexp-expression
/a/ === /a/ // -> false
function f() { return /a/g } var r = f(); r.lastIndex = 5; f().lastIndex // -> 0
/(\d+)/.exec("a12b")[1] // -> "12"
typeof /a/ + /a/i // -> "object/a/i"
