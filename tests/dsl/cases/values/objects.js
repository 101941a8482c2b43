// rule: r-objects
var o = {a: 1}; o.b = 2; o["c d"] = 3; o // -> {a: 1, b: 2, "c d": 3}
var p = {x: 1}, o = Object.create(p); o.x // -> 1
var p = {x: 1}, o = Object.create(p); o.x = 2; [p.x, o.x] // -> [1, 2]
var o = {1: "a"}; [o[1], o["1"], o[1.0]] // -> ["a", "a", "a"]
var o = {}; o[{}] = 1; o[null] = 2; o[[1, 2]] = 3; o // -> {"[object Object]": 1, null: 2, "1,2": 3}
({}) === ({}) // -> false
"use strict"; Object.freeze({a: 1}).a = 2 // -> throws TypeError
Object.freeze({a: 1}).a = 2 // -> 2
"use strict"; var o = Object.create(Object.freeze({a: 1})); o.a = 2 // -> throws TypeError
var o = Object.create(Object.freeze({a: 1})); o.a = 2; o.a // -> 1
