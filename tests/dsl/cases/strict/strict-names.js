// rule: r-strict-names
"use strict"; var let = 1 // -> early error 1:19
"use strict"; static // -> early error
"use strict"; function package() {} // -> early error
"use strict"; (yield) => 1 // -> early error
"use strict"; ({public: 1, let: 2}).let // -> 2
"use strict"; var {private: a} = {private: 3}; a // -> 3
"use strict"; var await = 4, async = 5, of = 6; await + async + of // -> 15
var static = 1, yield = 2, let = 3; static + yield + let // -> 6
"use strict"; var st\u0061tic // -> early error
function static() { "use strict" } // -> early error
'use strict'
var public // -> early error 2:5
'use strict'
+1; var public = 1; public // -> 1
function f(){'use strict'; var interface} // -> early error 1:32
'use strict'; var yield // -> early error 1:19
