// rule: r-grouping
(1, 2, (3)) // -> 3
var a; (a) = 5; a // -> 5
var o = {a: 1}; (o.a) = 2; delete (o.a); o // -> {}
var o = {f() { return this === o }}; (o.f)() // -> true
(a, b) = 1 // -> early error 1:2
((a)) => 1 // -> early error
() // -> syntax error
(function () { return 1 })() // -> 1
