// rule: r-Set
[...new Set([1, "1", 1, NaN, NaN, 0, -0])]  // -> [1, "1", NaN, 0]
(function () { var s = new Set("hello"); return [s.size, [...s].join("")] })()  // -> [4, "helo"]
Set()  // -> throws TypeError
new Set(5)  // -> throws TypeError
try { new Set(5); } catch (e) { e.name } // -> "TypeError"
new Set('aab').size // -> 2
new Set([[1],[1]]).size // -> 2
new Set(new Set([1])).has(1) // -> true
[...new Set([3,1,2])].join() // -> "3,1,2"
var s = new Set([1]); s.forEach((v,k,c) => { r = v === k && c === s }); r // -> true

// rule: r-Set.prototype.add
(function () { var s = new Set(); return s.add(1) === s })()  // -> true
Set.prototype.add.call({}, 1)  // -> throws TypeError
var s = new Set(); s.add(1).add(1).add("1"); s // -> Set(1, "1")
Object.is([...new Set().add(-0)][0], 0) // -> true

// rule: r-Set.prototype.clear
var s = new Set([1, 2]); [s.clear(), s.size] // -> [undefined, 0]
var s = new Set([1]); for (var x of s) { s.clear(); if (x < 3) s.add(x + 1) } x // -> 3
Set.prototype.clear.call(new Map) // -> throws TypeError

// rule: r-Set.prototype.delete
(function () { var s = new Set([1, 2, 3]), r = []; for (var x of s) { r.push(x); if (x < 3) s.delete(x); if (x === 3) s.add(9) } return r })()  // -> [1, 2, 3, 9]
var s = new Set([NaN]); [s.delete(NaN), s.delete(NaN)] // -> [true, false]
var s = new Set([1, 2]); s.delete(1); s // -> Set(2)
Set.prototype.delete.call({}, 1) // -> throws TypeError

// rule: r-Set.prototype.entries
[...new Set([1]).entries()]  // -> [[1, 1]]
new Set(["a"]).entries().next().value // -> ["a", "a"]
new Set().entries().next().done // -> true
Set.prototype.entries.call([]) // -> throws TypeError

// rule: r-Set.prototype.forEach
var r = []; new Set([1, 2]).forEach((v, k, s) => r.push(v, k, s.size)); r // -> [1, 1, 2, 2, 2, 2]
var r = []; new Set([1]).forEach(function (v) { r.push(this.t) }, {t: 5}); r // -> [5]
new Set([1]).forEach() // -> throws TypeError
(function () { var s = new Set([1, 2, 3]); var r = []; s.forEach(x => { r.push(x); if (x == 1) s.delete(2); if (x == 3) s.add(4) }); return r })() // -> [1, 3, 4]

// rule: r-Set.prototype.has
[new Set([1, 2]).has(1), new Set([1]).delete(1), new Set([1]).forEach(() => 1), Set.length]  // -> [true, true, undefined, 0]
[new Set([NaN]).has(NaN), new Set([0]).has(-0), new Set(["1"]).has(1)] // -> [true, true, false]
new Set([undefined]).has() // -> true
Set.prototype.has.call(new Map, 1) // -> throws TypeError

// rule: r-Set.prototype.keys
Set.prototype.keys === Set.prototype.values  // -> true
Set.prototype.keys === Set.prototype.values // -> true
Set.prototype.keys.name // -> "values"
Set.prototype.keys.call([]) // -> throws TypeError

// rule: r-Set.prototype.size
[new Set().size, new Set("aab").size] // -> [0, 2]
var s = new Set(); s.size = 5; s.size // -> 0
"use strict"; new Set().size = 1 // -> throws TypeError
Object.create(Set.prototype).size // -> throws TypeError
Object.setPrototypeOf(new Set(), Map.prototype).size // -> throws TypeError
'use strict'; try { new Set().size = 1; } catch (e) { e.name } // -> "TypeError"

// rule: r-Set.prototype.values
(function () { var i = new Set([7]).values(); return [i.next(), i.next(), i.next()] })()  // -> [{value: 7, done: false}, {value: undefined, done: true}, {value: undefined, done: true}]
new Set([1]).values().next() // -> {value: 1, done: false}
[...new Set([3, 1, 3]).values()] // -> [3, 1]
Set.prototype.values.call(new Map) // -> throws TypeError
