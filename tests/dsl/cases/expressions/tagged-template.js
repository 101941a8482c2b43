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
