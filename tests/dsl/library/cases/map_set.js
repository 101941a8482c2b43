(function () { var m = new Map([[1, "a"], [NaN, "n"]]); m.set("k", 1).set(-0, "z"); return [m.size, m.get(NaN), m.get(0), m.has("k"), m.has("x"), m.get("x"), Object.is([...m.keys()][3], 0)] })()  //=> [4, "n", "z", true, false, undefined, true]
[...new Map([["a", 1], ["b", 2]])]  //=> [["a", 1], ["b", 2]]
[...new Map([["a", 1]]).keys()]  //=> ["a"]
[...new Map([["a", 1]]).values()]  //=> [1]
[...new Map([["a", 1]]).entries()]  //=> [["a", 1]]
(function () { var m = new Map([[1, 1], [2, 2], [3, 3]]), s = []; m.forEach((v, k) => { s.push(k); m.delete(2); if (k === 1) m.set(4, 4) }); return s })()  //=> [1, 3, 4]
(function () { var m = new Map([[1, 1]]); return [m.delete(1), m.delete(1), m.size] })()  //=> [true, false, 0]
(function () { var m = new Map([[1, 1], [2, 2]]), i = m.keys(); i.next(); m.clear(); m.set(5, 5); return [...i] })()  //=> [5]
Map()  //=> TypeError!
["size" in new Map(), new Set([1]).size, Object.keys(new Map())]  //=> [true, 1, []]
new Map(5)  //=> TypeError!
new Map([1])  //=> TypeError!
new Map(null).size  //=> 0
[Map.length, Map.name, Map.prototype.set.length, Map.prototype.forEach.length]  //=> [0, "Map", 2, 1]
Map.prototype.get.call({}, 1)  //=> TypeError!
Map.prototype.has.call(new Set(), 1)  //=> TypeError!
(function () { var o = {}; var m = new Map([[o, 1]]); return [m.get(o), m.get({})] })()  //=> [1, undefined]
[...new Set([1, "1", 1, NaN, NaN, 0, -0])]  //=> [1, "1", NaN, 0]
(function () { var s = new Set("hello"); return [s.size, [...s].join("")] })()  //=> [4, "helo"]
[...new Set([1]).entries()]  //=> [[1, 1]]
Set.prototype.keys === Set.prototype.values  //=> true
Set()  //=> TypeError!
new Set(5)  //=> TypeError!
(function () { var s = new Set([1, 2, 3]), r = []; for (var x of s) { r.push(x); if (x < 3) s.delete(x); if (x === 3) s.add(9) } return r })()  //=> [1, 2, 3, 9]
(function () { var s = new Set(); return s.add(1) === s })()  //=> true
[new Set([1, 2]).has(1), new Set([1]).delete(1), new Set([1]).forEach(() => 1), Set.length]  //=> [true, true, undefined, 0]
Set.prototype.add.call({}, 1)  //=> TypeError!
new Map([["a", 1]]).forEach(1)  //=> TypeError!
Object.prototype.toString.call(new Map().entries())  //=> "[object Map Iterator]"
(function () { var i = new Set([7]).values(); return [i.next(), i.next(), i.next()] })()  //=> [{value: 7, done: false}, {value: undefined, done: true}, {value: undefined, done: true}]
new Map().keys().next.call(new Set().keys())  //=> TypeError!
(function () { var m = new Map(); for (var i = 0; i < 100; i++) m.set(i, i); for (i = 0; i < 95; i++) m.delete(i); return [...m.keys()] })()  //=> [95, 96, 97, 98, 99]
(function () { var m = new Map(), s = []; for (var i = 0; i < 50; i++) m.set(i, i); for (var [k] of m) { s.push(k); for (var j = 0; j < 45; j++) m.delete(j) } return s })()  //=> [0, 45, 46, 47, 48, 49]
new Map([[true, 1], [1, 2]]).size  //=> 2
