// rule: r-legacy-octal
[017, 0777, 00, 089, 018, 09.5] // -> [15, 511, 0, 89, 18, 9.5]
"use strict"; 017 // -> early error 1:15
"use strict"; 09 // -> early error 1:15
function f() { "use strict"; return 010 } // -> early error 1:37
07.5 // -> syntax error
0_7 // -> syntax error 1:2
010.toString() // -> "8"
010..toString() // -> syntax error 1:5
"use strict"; 0 + 0.5 // -> 0.5
'\08' // -> "\u00008"
'use strict'; '\08' // -> early error 1:16
'use strict'; `\0` // -> "\u0000"
'use strict'; `\00` // -> syntax error 1:16
