// rule: r-tagged-template
function f(s, ...v) { return [s.length, s[0], s.raw[0], v] } f`a\n${1}b${2}` // -> [3, "a\n", "a\\n", [1, 2]]
function f(s) { return s } function g() { return f`x` } [g() === g(), f`x` === f`x`] // -> [true, false]
(s => [s[0], s.raw[0]])`\u` // -> [undefined, "\\u"]
(s => s[0])`\u{41}` // -> "A"
(s => Object.isFrozen(s) && Object.isFrozen(s.raw))`` // -> true
var o = {f(s) { return this === o }}; o.f`x` // -> true
(s => s.raw.join("|"))`a${1}\t${2}` // -> "a|\\t|"
(() => (s) => s[0])()`z` // -> "z"
new (function (s) { this.s = s[0] })`q` // -> throws TypeError
5`a` // -> throws TypeError
(s => Object.keys(s))`a${1}b` // -> ["0", "1"]
x?.y`a` // -> early error
tag = function (s) { return s.raw.join('|') + s.length + Array.prototype.slice.call(arguments, 1).join(); }; tag`a\n${1}b${2}` // -> "a\\n|b|31,2"
`${1}`.length // -> 1
`a${'b'}c`.toUpperCase() // -> "ABC"
((a,b)=>a+b)`x${1}` // -> "x,1"
typeof `a` // -> "string"
(a => a)`x`[0] // -> "x"
(function () { function tag(s, ...v) { return [s, s.raw, v] } return tag`x${1}\n${2}z` })() // -> [["x", "\n", "z"], ["x", "\\n", "z"], [1, 2]]
(function () { function tag(s) { return s === tag.last ? 'same' : (tag.last = s, 'new') } function t() { return tag`a` } return [t(), t(), tag`a`] })() // -> ["new", "same", "new"]
(function () { function tag(s) { return [s[0], s.raw[0], s.length, Object.isFrozen(s)] } return tag`\unicode` })() // -> [undefined, "\\unicode", 1, true]
(function () { return ((s, ...v) => s.raw.join('|') + v.join(','))`a${1}\n${2}c` })() // -> "a|\\n|c1,2"
(function () { var o = {t(s) { return this === o }}; return o.t`x` })() // -> true
