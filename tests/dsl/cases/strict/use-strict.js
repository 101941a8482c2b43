// rule: r-use-strict
"use strict"; made = 1 // -> throws ReferenceError
"other"; 'use strict'; made = 1 // -> throws ReferenceError
("use strict"); made = 1; made // -> 1
"use\x20strict"; made = 1; made // -> 1
1; "use strict"; made = 1; made // -> 1
"use strict" + ""; made = 1; made // -> 1
(function () { "use strict"; made = 1 })() // -> throws ReferenceError
(function () { "use strict" })(); made = 1; made // -> 1
(function (a = 1) { "use strict" }) // -> early error
"use strict"; (() => { made = 1 })() // -> throws ReferenceError
"use strict"
; (function () { return this })() // -> undefined
{ "use strict"; made = 1 } made // -> 1
`use strict`; made = 1; made // -> 1
