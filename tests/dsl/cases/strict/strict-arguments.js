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
function eval(){} // -> undefined
'use strict';function eval(){} // -> early error 1:14
function f(eval){'use strict'} // -> early error 1:12
(eval)=>{'use strict'} // -> early error 1:2
eval=>1 // -> function
'use strict';eval=>1 // -> early error 1:14
'use strict';(arguments)=>1 // -> early error 1:15
'use strict';({a:eval}={}) // -> early error 1:18
'use strict';[arguments]=[] // -> early error 1:15
'use strict';eval++ // -> early error 1:14
'use strict';--arguments // -> early error 1:16
'use strict';eval+=1 // -> early error 1:14
'use strict';for(eval in {}); // -> early error 1:18
'use strict';for(eval of []); // -> early error 1:18
'use strict';try{}catch(eval){} // -> early error 1:25
'use strict';var {eval}={} // -> early error 1:19
'use strict';let [arguments]=[] // -> early error 1:19
