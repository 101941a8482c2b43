// rule: r-frozen-built-ins
// differs: built-ins are frozen
Array.prototype.last = 1; typeof [].last // -> "undefined"
// differs: built-ins are frozen
Math.PI2 = 6; delete Math.abs; [Math.PI2, typeof Math.abs] // -> [undefined, "function"]
// differs: built-ins are frozen
"use strict"; Object.prototype.x = 1 // -> throws TypeError
// differs: built-ins are frozen
"use strict"; delete String.prototype.trim // -> throws TypeError
// differs: built-ins are frozen
"use strict"; parseInt.x = 1 // -> throws TypeError
[Object.isFrozen(Math), Object.isExtensible(Array.prototype)] // -> [false, true]
Math = 5; JSON = 6; [Math, JSON] // -> [5, 6]
var Array = 1; [Array, [].constructor === 1] // -> [1, false]
var map = {toString: 1}; map.toString // -> 1
// differs: built-ins are frozen
Math.max = null; Math.max(1, 2) // -> 2
