// rule: r-templates
`a` + `` // -> "a"
`1 + 1 = ${1 + 1}!` // -> "1 + 1 = 2!"
`a${`b${`c`}d`}e` // -> "abcde"
`a
b` // -> "a\nb"
`a«U+000D»«U+000A»b«U+000D»c` // -> "a\nb\nc"
`\`\$\${ $ {} $$` // -> "`$${ $ {} $$"
`\x41\u{42}\n` // -> "AB\n"
`\01` // -> syntax error
`\8` // -> syntax error
`\u{` // -> syntax error
`a${1 // -> syntax error
`a // -> syntax error 1:1
`${}` // -> syntax error 1:4
`\0` === "\0" // -> true
`${{a: 1}.a}` // -> "1"
`a
${1}` // -> "a\n1"
`\u{` // -> syntax error 1:2
(x=>x)`\u{` // -> [undefined]
(x=>x[0])`\01` // -> undefined
`\01` // -> syntax error 1:2
