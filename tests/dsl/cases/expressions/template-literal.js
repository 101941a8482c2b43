// rule: r-template-literal
`${1}${"a"}${null}${[1, 2]}${{}}` // -> "1anull1,2[object Object]"
var n = 0; `${n++}-${n++}-${n}` // -> "0-1-2"
`${{valueOf() { return 1 }, toString() { return "s" }}}` // -> "s"
`${Object.create(null)}` // -> throws TypeError
`a${}` // -> syntax error
`${1, 2}` // -> "2"
(function () { return `a${1}b${'c'}${[1,2]}` + `` })() // -> "a1bc1,2"
