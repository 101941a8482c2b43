// rule: r-recursion
(function f(n) { return n ? n + f(n - 1) : 0 })(100) // -> 5050
var even = n => n ? odd(n - 1) : true, odd = n => n ? even(n - 1) : false; even(50) // -> true
(function f(n) { return n ? f(n - 1) : "end" })(900) // -> "end"
(function f() { return f() })() // -> limit
[3, 1, 2].sort(function s(a, b) { return [a, b].length ? a - b : s(a, b) }) // -> [1, 2, 3]
(function () { return (function f(n) { return n ? n + f(n - 1) : 0 })(100) })() // -> 5050
(function () { var f = function(x) { return x ? f(x-1) + 1 : 0 }; return f(5) })() // -> 5
