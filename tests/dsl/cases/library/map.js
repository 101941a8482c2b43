// rule: r-Map
[...new Map([["a", 1], ["b", 2]])]  // -> [["a", 1], ["b", 2]]
Map()  // -> throws TypeError
new Map(5)  // -> throws TypeError
new Map([1])  // -> throws TypeError
new Map(null).size  // -> 0
new Map([[true, 1], [1, 2]]).size  // -> 2

// rule: r-Map.prototype.delete
(function () { var m = new Map([[1, 1]]); return [m.delete(1), m.delete(1), m.size] })()  // -> [true, false, 0]

// rule: r-Map.prototype.entries
[...new Map([["a", 1]]).entries()]  // -> [["a", 1]]
Object.prototype.toString.call(new Map().entries())  // -> "[object Map Iterator]"

// rule: r-Map.prototype.forEach
(function () { var m = new Map([[1, 1], [2, 2], [3, 3]]), s = []; m.forEach((v, k) => { s.push(k); m.delete(2); if (k === 1) m.set(4, 4) }); return s })()  // -> [1, 3, 4]
new Map([["a", 1]]).forEach(1)  // -> throws TypeError

// rule: r-Map.prototype.get
Map.prototype.get.call({}, 1)  // -> throws TypeError
(function () { var o = {}; var m = new Map([[o, 1]]); return [m.get(o), m.get({})] })()  // -> [1, undefined]

// rule: r-Map.prototype.has
Map.prototype.has.call(new Set(), 1)  // -> throws TypeError

// rule: r-Map.prototype.keys
[...new Map([["a", 1]]).keys()]  // -> ["a"]
(function () { var m = new Map([[1, 1], [2, 2]]), i = m.keys(); i.next(); m.clear(); m.set(5, 5); return [...i] })()  // -> [5]
new Map().keys().next.call(new Set().keys())  // -> throws TypeError

// rule: r-Map.prototype.set
(function () { var m = new Map([[1, "a"], [NaN, "n"]]); m.set("k", 1).set(-0, "z"); return [m.size, m.get(NaN), m.get(0), m.has("k"), m.has("x"), m.get("x"), Object.is([...m.keys()][3], 0)] })()  // -> [4, "n", "z", true, false, undefined, true]
[Map.length, Map.name, Map.prototype.set.length, Map.prototype.forEach.length]  // -> [0, "Map", 2, 1]
(function () { var m = new Map(); for (var i = 0; i < 100; i++) m.set(i, i); for (i = 0; i < 95; i++) m.delete(i); return [...m.keys()] })()  // -> [95, 96, 97, 98, 99]
(function () { var m = new Map(), s = []; for (var i = 0; i < 50; i++) m.set(i, i); for (var [k] of m) { s.push(k); for (var j = 0; j < 45; j++) m.delete(j) } return s })()  // -> [0, 45, 46, 47, 48, 49]

// rule: r-Map.prototype.values
[...new Map([["a", 1]]).values()]  // -> [1]
