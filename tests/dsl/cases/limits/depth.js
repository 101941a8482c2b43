// rule: r-depth
(function f() { f() })() // -> limit: calls are nested deeper than 1000
// with: depth=10
(function f(n) { return n ? f(n - 1) : "end" })(8) // -> "end"
// with: depth=10
(function f(n) { return n ? f(n - 1) : "end" })(20) // -> limit: calls are nested deeper than 10
var o = {toString() { return o + "" }}; o + "" // -> limit
var o = {valueOf() { return o * 1 }}; o * 1 // -> limit
(function f() { [1].map(f) })() // -> limit
(function f() { new f })() // -> limit
(function f() { f`x` })() // -> limit
// differs: depth is a limit, not an exception
(function f() { try { f() } catch (e) { } f() })() // -> limit
