// rule: r-strict-refused
"use strict"; 010 // -> early error
"use strict"; "\07" // -> early error
"use strict"; delete a // -> early error
"use strict"; delete (a) // -> early error
"use strict"; if (1) function f() {} // -> early error
"use strict"; a: function f() {} // -> early error
"use strict"; function f(a, a) {} // -> early error
"\07"; "use strict" // -> early error
function f() { "use strict"; return 010 } // -> early error
"use strict"; delete ((a)) // -> early error
"use strict"; delete [].x // -> true
'use strict';delete a // -> early error 1:14
'use strict';delete a.b // -> throws ReferenceError
'use strict';delete (a) // -> early error 1:14
'use strict';delete((a.b)) // -> throws ReferenceError
'use strict';delete (a,b) // -> throws ReferenceError
'use strict';010 // -> early error 1:14
'use strict';0o10 // -> 8
'use strict';'\1' // -> early error 1:15
function f(){'\1';'use strict'} // -> early error 1:15
function f(){'use strict';'\1'} // -> early error 1:28
'use strict';if(1)function f(){} // -> early error 1:19
'use strict';a:function f(){} // -> early error 1:16
