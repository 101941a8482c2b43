// rule: r-block-functions
"use strict"; { function f() { return 1 } var r = f() } [r, typeof f] // -> [1, "undefined"]
{ function f() { return 1 } f = 2; } f() // -> 1
"use strict"; if (1) { function f() {} } typeof f // -> "undefined"
{ let a = 5; { function f() { return a } } var r = f() } r // -> 5
"use strict"; { function f() {} function f() {} } // -> early error
{ function f() { return 1 } function f() { return 2 } var r = f() } r // -> 2
"use strict"; { f(); function f() { r = 3 } } var r; r // -> 3
(function () { 'use strict'; { function g() {} } return typeof g })() // -> "undefined"
(function () { 'use strict'; let r; { function q() { return 1 } r = q() } try { q } catch (e) { return [r, e.name] } })() // -> [1, "ReferenceError"]
