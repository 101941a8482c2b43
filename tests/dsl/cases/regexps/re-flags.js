// rule: r-re-flags
/a/yusmigd.flags // -> "dgimsuy"
[/a/g.global, /a/.global, /a/i.ignoreCase, /a/m.multiline, /a/s.dotAll, /a/u.unicode, /a/y.sticky, /a/d.hasIndices] // -> [true, false, true, true, true, true, true, true]
/a/gg // -> early error
/a/uv // -> early error
/a/vds.flags // -> "dsv"
new RegExp("a", "z") // -> throws SyntaxError
/a/.flags = "g"; /a/.flags // -> ""
