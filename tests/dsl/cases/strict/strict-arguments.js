// rule: r-strict-arguments
(function (a) { "use strict"; a = 2; return arguments[0] })(1) // -> 1
(function () { "use strict"; return arguments.callee })() // -> throws TypeError
"use strict"; arguments = 1 // -> early error 1:15
"use strict"; var eval = 1 // -> early error
"use strict"; (function (arguments) {}) // -> early error
"use strict"; eval++ // -> early error
// differs: there is no eval
"use strict"; ({eval}) // -> throws ReferenceError
"use strict"; ({eval} = {}) // -> early error
(function () { "use strict"; arguments[0] = 5; return arguments[0] })(1) // -> 5
"use strict"; try {} catch (eval) {} // -> early error
