// rule: r-object-spread
({...{a: 1, b: 2}, b: 3}) // -> {a: 1, b: 3}
({b: 3, ...{a: 1, b: 2}}) // -> {b: 2, a: 1}
({...null, ...undefined, ...5, ..."ab", ...[7]}) // -> {0: 7, 1: "b"}
({...Object.create({a: 1})}) // -> {}
var a = {x: {y: 1}}; var b = {...a}; b.x === a.x // -> true
Object.keys({...function () {}}) // -> []
