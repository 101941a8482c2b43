// rule: r-strict-assignment
"use strict"; Object.freeze({a: 1}).a = 2 // -> throws TypeError
"use strict"; "abc".length = 1 // -> throws TypeError
"use strict"; "abc"[0] = "x" // -> throws TypeError
"use strict"; (5).x = 1 // -> throws TypeError
"use strict"; new Map().size = 1 // -> throws TypeError
"use strict"; delete (function () {}).prototype // -> throws TypeError
"use strict"; undeclared = 1 // -> throws ReferenceError
"use strict"; Object.preventExtensions([])[0] = 1 // -> throws TypeError
(5).x = 1; "a".b = 2; new Map().size = 1; "fine" // -> "fine"
"use strict"; /a/.global = true // -> throws TypeError
"use strict"; true.x = 1 // -> throws TypeError
'use strict'; try { 'prim'.x = 1; } catch (e) { e.name } // -> "TypeError"
'use strict'; try { (5)[0] = 1; } catch (e) { e.name } // -> "TypeError"
(function () { 'use strict'; try { undefined = 5 } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { undeclared = 5 } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { 'use strict'; try { Object.freeze({a: 1}).a = 2 } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { delete [].length } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { 'abc'.x = 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { 'abc'[0] = 'z' } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { 'abc'.length = 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { Object.preventExtensions({}).a = 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; try { delete Object.freeze({a: 1}).a } catch (e) { return e.name } })() // -> "TypeError"
(function () { 'use strict'; var o = Object.create(Object.freeze({a: 1})); try { o.a = 2 } catch (e) { return e.name } })() // -> "TypeError"
