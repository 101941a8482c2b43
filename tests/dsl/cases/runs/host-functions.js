// rule: r-host-functions
// with: host=1
[typeof told, told.name, told.length, half(5), half("3")] // -> ["function", "told", 1, 2.5, 1.5]
// with: host=1
Tools.count(1, undefined, null) // -> 3
// with: host=1
try { refuse() } catch (e) { [e instanceof TypeError, e.message] } // -> [true, "the host says no"]
// with: host=1
needs(1, () => 1) // -> throws TypeError: needs: 'object' must be a object
// with: host=1
needs({}, 5) // -> throws TypeError: needs: 'then' must be a function
// with: host=1
"use strict"; Tools.count = 1 // -> throws TypeError
// with: host=1
new told(1) // -> throws TypeError
// with: host=1
told = 5; told // -> 5
// with: host=1
String(told) // -> "function told() { [native code] }"
// with: host=1
refuse() // -> throws TypeError 1:1: the host says no
