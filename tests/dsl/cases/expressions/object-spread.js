// rule: r-object-spread
({...{a: 1, b: 2}, b: 3}) // -> {a: 1, b: 3}
({b: 3, ...{a: 1, b: 2}}) // -> {b: 2, a: 1}
({...null, ...undefined, ...5, ..."ab", ...[7]}) // -> {0: 7, 1: "b"}
({...Object.create({a: 1})}) // -> {}
var a = {x: {y: 1}}; var b = {...a}; b.x === a.x // -> true
Object.keys({...function () {}}) // -> []
Object.keys({...{__proto__: {a: 1}, b: 2}}) // -> ["b"]
({...'ab', ...[9]}) // -> {0: 9, 1: "b"}
({...[1,,3]}) // -> {0: 1, 2: 3}
({a: 1, ...{a: 2}, a: 3}).a // -> 3
var n = 0, o = {...(n++, {a: n})}; o // -> {a: 1}
(function () { var d = {a: 1}; var {a, ...r} = d; r.z = 1; return [d, r] })() // -> [{a: 1}, {z: 1}]
(function () { var a = {x: 1, y: {z: 2}}; var b = {...a, y: {...a.y, w: 3}}; return [a, b] })() // -> [{x: 1, y: {z: 2}}, {x: 1, y: {z: 2, w: 3}}]
(function () { return {...[1, 2], length: 5} })() // -> {0: 1, 1: 2, length: 5}
