// rule: r-null
[typeof null, null === null, null == 0, null >= 0] // -> ["object", true, false, true]
null.a // -> throws TypeError 1:6
null ?? 5 // -> 5
Object.getPrototypeOf(Object.prototype) // -> null
