// rule: r-logical
[1 && 2, 0 && 2, "" || "b", "a" || "b", null || undefined] // -> [2, 0, "b", "a", undefined]
var n = 0; true || n++; false && n++; n // -> 0
[1 && 0 || 3, 1 || 0 && 3] // -> [3, 1]
nobody || 1 // -> throws ReferenceError
null && null.a // -> null
(function () { return [1 && 0 && 2, 1 || 0, 0 || '' || null, 1 && 'a' && [], null ?? undefined ?? 0] })() // -> [0, 1, null, [], 0]
(function () { var n = 0; function t() { n++; return true } function f() { n += 10; return false } f() && t(); t() || f(); t() && f() || t(); return n })() // -> 23
