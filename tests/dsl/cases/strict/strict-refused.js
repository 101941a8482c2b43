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
