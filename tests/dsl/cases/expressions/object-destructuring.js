// rule: r-object-destructuring
var a, c, d, r; ({a, b: c, ["x"]: d = 1, ...r} = {a: 1, b: 2, e: 3, f: 4}); [a, c, d, r] // -> [1, 2, 1, {e: 3, f: 4}]
var a; ({a = 5} = {}); a // -> 5
var o = {}; ({a: o.x, b: o["y"] = 7} = {a: 1}); o // -> {x: 1, y: 7}
var length; ({length} = "abc"); length // -> 3
({} = null) // -> throws TypeError
({a} = undefined) // -> throws TypeError
var a; ({a: {b: [, a]}} = {a: {b: [1, 2]}}); a // -> 2
({a: b()} = {}) // -> early error
({a}) = 1 // -> early error
{a} = 1 // -> syntax error
var a, b; ({a: b, a} = {a: 1}); [a, b] // -> [1, 1]
var s = ""; var x; ({[(s += "k", "a")]: x = (s += "d")} = {}); s // -> "kd"
var r; ({...r} = "ab"); r // -> {0: "a", 1: "b"}
"use strict"; ({nobody} = {nobody: 1}) // -> throws ReferenceError
({...{a}} = {}) // -> early error
var {a: {b: [c, ...d]} = {b: [1, 2, 3]}, ...rest} = {e: 4, f: 5}; [c, d.join('-'), rest.e, rest.f].join() // -> "1,2-3,4,5"
({a, b = a} = {a: 1}); [a, b] // -> [1, 1]
({a: [b] = [2]} = {}); b // -> 2
({'a b': c, 1: d} = {'a b': 1, 1: 2}); [c, d] // -> [1, 2]
var o = {}; ({a: o.p, ...o.rest} = {a: 1, b: 2}); o // -> {p: 1, rest: {b: 2}}
({a: (b)} = {a: 3}); b // -> 3
({a: ((b.c))} = {}) // -> throws ReferenceError
(function () { var o = {}; ({a: o.x, b: o.y = 7} = {a: 1}); return o })() // -> {x: 1, y: 7}
(function () { ({a: x1, ...y1} = {a: 1, b: 2}); return [x1, y1] })() // -> [1, {b: 2}]
(function () { var a, b; ({a, b: [b]} = {a: 1, b: [2]}); return [a, b] })() // -> [1, 2]
(function () { var {a = r.push('a'), b = r.push('b')} = {a: 1}, r = []; return r })() // -> throws TypeError
