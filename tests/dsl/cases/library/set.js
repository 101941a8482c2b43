// rule: r-Set
[...new Set([1, "1", 1, NaN, NaN, 0, -0])]  // -> [1, "1", NaN, 0]
(function () { var s = new Set("hello"); return [s.size, [...s].join("")] })()  // -> [4, "helo"]
Set()  // -> throws TypeError
new Set(5)  // -> throws TypeError

// rule: r-Set.prototype.add
(function () { var s = new Set(); return s.add(1) === s })()  // -> true
Set.prototype.add.call({}, 1)  // -> throws TypeError

// rule: r-Set.prototype.delete
(function () { var s = new Set([1, 2, 3]), r = []; for (var x of s) { r.push(x); if (x < 3) s.delete(x); if (x === 3) s.add(9) } return r })()  // -> [1, 2, 3, 9]

// rule: r-Set.prototype.entries
[...new Set([1]).entries()]  // -> [[1, 1]]

// rule: r-Set.prototype.has
[new Set([1, 2]).has(1), new Set([1]).delete(1), new Set([1]).forEach(() => 1), Set.length]  // -> [true, true, undefined, 0]

// rule: r-Set.prototype.keys
Set.prototype.keys === Set.prototype.values  // -> true

// rule: r-Set.prototype.values
(function () { var i = new Set([7]).values(); return [i.next(), i.next(), i.next()] })()  // -> [{value: 7, done: false}, {value: undefined, done: true}, {value: undefined, done: true}]
