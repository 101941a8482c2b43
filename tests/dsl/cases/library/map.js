// rule: r-Map
[...new Map([["a", 1], ["b", 2]])]  // -> [["a", 1], ["b", 2]]
Map()  // -> throws TypeError
new Map(5)  // -> throws TypeError
new Map([1])  // -> throws TypeError
new Map(null).size  // -> 0
new Map([[true, 1], [1, 2]]).size  // -> 2
new Map([[1,2],[1,3]]).get(1) // -> 3
new Map([[{},1]]).get({}) // -> undefined
[...new Map([['a',1]]).entries()][0].length // -> 2
new Map(new Map([[1,2]])).get(1) // -> 2
new Map('ab') // -> throws TypeError
new Map([null]) // -> throws TypeError
new Map([[]]).has(undefined) // -> true
Object.fromEntries(new Map([['x',1]])) // -> {x: 1}
(function () { var m = new Map([['a', 1]]); m.set('b', 2).delete('a'); return [m.size, [...m.keys()], m.has('a')] })() // -> [1, ["b"], false]

// rule: r-Map.groupBy
[...Map.groupBy([0, -0, NaN, NaN, "0"], x => x)]  // -> [[0, [0, -0]], [NaN, [NaN, NaN]], ["0", ["0"]]]
[Map.groupBy("ab", (x, i) => i % 2 === 0).get(false), Map.groupBy.name]  // -> [["b"], "groupBy"]
Map.groupBy(undefined, x => x)  // -> throws TypeError
Map.groupBy([])  // -> throws TypeError
Map.groupBy([1, 2, 3], x => x % 2) // -> Map(1 => [1, 3], 0 => [2])
Map.groupBy([1], 5) // -> throws TypeError

// rule: r-Map.prototype.clear
var m = new Map([[1, 1]]); [m.clear(), m.size] // -> [undefined, 0]
var m = new Map([[1, 1]]), i = m.keys(); m.clear(); m.set(2, 2); [...i] // -> [2]
Map.prototype.clear.call(new Set) // -> throws TypeError

// rule: r-Map.prototype.delete
(function () { var m = new Map([[1, 1]]); return [m.delete(1), m.delete(1), m.size] })()  // -> [true, false, 0]
var m = new Map([[NaN, 1]]); [m.delete(NaN), m.delete(NaN)] // -> [true, false]
new Map().delete() // -> false
Map.prototype.delete.call({}, 1) // -> throws TypeError

// rule: r-Map.prototype.entries
[...new Map([["a", 1]]).entries()]  // -> [["a", 1]]
Object.prototype.toString.call(new Map().entries())  // -> "[object Map Iterator]"
new Map([["a", 1]]).entries().next() // -> {value: ["a", 1], done: false}
Map.prototype.entries.call(new Set) // -> throws TypeError

// rule: r-Map.prototype.forEach
(function () { var m = new Map([[1, 1], [2, 2], [3, 3]]), s = []; m.forEach((v, k) => { s.push(k); m.delete(2); if (k === 1) m.set(4, 4) }); return s })()  // -> [1, 3, 4]
new Map([["a", 1]]).forEach(1)  // -> throws TypeError
new Map([[1, 2]]).forEach(function (v, k, m) { r = [v, k, m.size, this.t] }, {t: 3}); r // -> [2, 1, 1, 3]
Map.prototype.forEach.call({}, x => x) // -> throws TypeError

// rule: r-Map.prototype.get
Map.prototype.get.call({}, 1)  // -> throws TypeError
(function () { var o = {}; var m = new Map([[o, 1]]); return [m.get(o), m.get({})] })()  // -> [1, undefined]
new Map([[0, "z"]]).get(-0) // -> "z"
new Map([["1", "t"]]).get(1) // -> undefined
(function () { return new Map([[NaN, 1], [0, 2]]).get(-0) })() // -> 2

// rule: r-Map.prototype.has
Map.prototype.has.call(new Set(), 1)  // -> throws TypeError
[new Map([[NaN, 1]]).has(NaN), new Map().has()] // -> [true, false]
new Map([[undefined, 1]]).has() // -> true
Map.prototype.has.call(1, 1) // -> throws TypeError

// rule: r-Map.prototype.keys
[...new Map([["a", 1]]).keys()]  // -> ["a"]
(function () { var m = new Map([[1, 1], [2, 2]]), i = m.keys(); i.next(); m.clear(); m.set(5, 5); return [...i] })()  // -> [5]
new Map().keys().next.call(new Set().keys())  // -> throws TypeError

// rule: r-Map.prototype.set
(function () { var m = new Map([[1, "a"], [NaN, "n"]]); m.set("k", 1).set(-0, "z"); return [m.size, m.get(NaN), m.get(0), m.has("k"), m.has("x"), m.get("x"), Object.is([...m.keys()][3], 0)] })()  // -> [4, "n", "z", true, false, undefined, true]
[Map.length, Map.name, Map.prototype.set.length, Map.prototype.forEach.length]  // -> [0, "Map", 2, 1]
(function () { var m = new Map(); for (var i = 0; i < 100; i++) m.set(i, i); for (i = 0; i < 95; i++) m.delete(i); return [...m.keys()] })()  // -> [95, 96, 97, 98, 99]
(function () { var m = new Map(), s = []; for (var i = 0; i < 50; i++) m.set(i, i); for (var [k] of m) { s.push(k); for (var j = 0; j < 45; j++) m.delete(j) } return s })()  // -> [0, 45, 46, 47, 48, 49]

// rule: r-Map.prototype.size
[new Map().size, new Map([[1, 1], [1, 2]]).size] // -> [0, 1]
var m = new Map(); m.size = 5; m.size // -> 0
Object.create(Map.prototype).size // -> throws TypeError
Object.create(new Map([[1, 1]])).size // -> throws TypeError
[Map.prototype.hasOwnProperty("size"), new Map().hasOwnProperty("size"), "size" in new Map()] // -> [true, false, true]
Object.setPrototypeOf(new Map(), null).size // -> undefined
"use strict"; Object.create(Map.prototype).size = 1 // -> throws TypeError
var o = Object.create(Object.create(Map.prototype)); o.size = 1; Object.keys(o) // -> []
Object.create({__proto__: Map.prototype, ["size"]: 4}).size // -> 4
Map.prototype.size // -> throws TypeError
"use strict"; new Map().size = 1 // -> throws TypeError
var m = new Map([[1, 2]]); m.size = 9; m.mine = 1; [m.size, m.mine, 'size' in m].join() // -> "1,1,true"
'use strict'; try { new Map().size = 1; } catch (e) { e.name } // -> "TypeError"

// rule: r-Map.prototype.values
[...new Map([["a", 1]]).values()]  // -> [1]
new Map().values().next() // -> {value: undefined, done: true}
[...new Map([[1, "a"], [2, "b"]]).values()] // -> ["a", "b"]
Map.prototype.values.call([]) // -> throws TypeError
