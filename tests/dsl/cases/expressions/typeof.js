// rule: r-typeof
[typeof undefined, typeof true, typeof 1, typeof "a", typeof {}, typeof null, typeof [], typeof function () {}, typeof Math.max] // -> ["undefined", "boolean", "number", "string", "object", "object", "object", "function", "function"]
typeof nobody // -> "undefined"
typeof late; let late = 1 // -> throws ReferenceError
typeof typeof 1 // -> "string"
typeof (nobody) // -> "undefined"
typeof /a/ + typeof new Date // -> "objectobject"
typeof (() => {}) // -> "function"
(function () { return [typeof 1, typeof 'a', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof function(){}, typeof nope] })() // -> ["number", "string", "boolean", "undefined", "object", "object", "object", "function", "undefined"]
(function () { return function() { return typeof arguments }() })() // -> "object"
(function () { return [typeof null, typeof NaN] })() // -> ["object", "number"]
