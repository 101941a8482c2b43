// rule: r-if
if (1) "a"; else "b" // -> "a"
if ("") "a"; else "b" // -> "b"
if (0) 1; else if (0) 2; else 3 // -> 3
if (1) if (0) 1; else 2 // -> 2
if (0); // -> undefined
if (1) function f() { return 5 } f() // -> 5
if (1) // -> syntax error
if 1 {} // -> syntax error
else 1 // -> syntax error 1:1: `else` without an `if` before it
if(a>b)
else c // -> syntax error 2:1
(function () { return ((x) => { if (x) return 1; else if (x === 0) return 2; else return 3 })(0) })() // -> 2
(function () { if (0) ; else if (1) return 'y'; return 'n' })() // -> "y"
