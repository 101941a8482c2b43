// rule: r-Array
Array(3)  // -> [hole, hole, hole]
[Array.length, Array.name, Array.prototype.length]  // -> [1, "Array", 0]
Array(3).length  // -> 3
Array("3")  // -> ["3"]
new Array(1, 2)  // -> [1, 2]
Array(-1)  // -> throws RangeError
Array(1.5)  // -> throws RangeError
Array(4294967296)  // -> throws RangeError
Array(true)  // -> [true]
(function () { var a = []; a[0] = [a, 1]; return String(a) })()  // -> ",1"
(function () { var a = [1, 2, 3]; a.length = 1; return a })()  // -> [1]
(function () { var a = [1, 2, 3]; a.length = -1; return a })()  // -> throws RangeError
(function () { var a = []; a[5] = 1; return [a.length, 3 in a] })()  // -> [6, false]
try { new Array(1.5); } catch (e) { e.name } // -> "RangeError"
Array.apply(null,Array(3)).length // -> 3
(function () { var a = Array(3); return [a.length, 0 in a, a.join('-')] })() // -> [3, false, "--"]
(function () { return Array.apply(null, {length: 2}).map((x, i) => i) })() // -> [0, 1]

// rule: r-Array.from
Array.from("a\ud83d\ude00b")  // -> ["a", "😀", "b"]
Array.from({length: 3, 1: "x"})  // -> [undefined, "x", undefined]
Array.from([1, , 3])  // -> [1, undefined, 3]
Array.from([1, 2], function (v, i) { return v * 10 + i + this.k }, {k: 100})  // -> [110, 121]
Array.from(new Set([1, 1, 2]))  // -> [1, 2]
Array.from(new Map([["a", 1]]))  // -> [["a", 1]]
Array.from(null)  // -> throws TypeError
Array.from([], 1)  // -> throws TypeError
Array.from(5)  // -> []
Array.from.call(Object, [1])  // -> {0: 1, length: 1}
Array.from(function (a, b) {})  // -> [undefined, undefined]
Array.from({length: 3, 0: 'a', 2: 'c'}).join() + '|' + Array.prototype.map.call('ab', function (c) { return c + c; }).join() // -> "a,,c|aa,bb"
function C() { return [9]; } Array.from.call(C, [1, 2]).length // -> 2
function C() { Object.preventExtensions(this); } try { Array.from.call(C, [1]); } catch (e) { e.name } // -> "TypeError"
Array.from({length:3},(v,i)=>i*2) // -> [0, 2, 4]
Array.from([1,2,3],function(x){return this.a+x},{a:10}) // -> [11, 12, 13]
(function () { return Array.from({length: 3}, (_, i) => i * i) })() // -> [0, 1, 4]
Array.from([1,,2]) // -> [1, undefined, 2]

// rule: r-Array.isArray
[Array.isArray([]), Array.isArray({length: 0}), Array.isArray(Array.prototype), Array.isArray()]  // -> [true, false, true, false]
Array.isArray(new Array(3)) // -> true
Array.isArray((function () { return arguments })()) // -> false
Array.isArray("ab") // -> false

// rule: r-Array.of
Array.of(7, 8)  // -> [7, 8]
Array.of.call(function (n) { this.n = n }, 1, 2)  // -> {0: 1, 1: 2, n: 2, length: 2}
Array.of.call({}, 1)  // -> [1]
function C() { this.n = 1; } Array.of.call(C, 7, 8).n // -> 1
function C() { Object.freeze(this); } try { Array.of.call(C, 1); } catch (e) { e.name } // -> "TypeError"

// rule: r-Array.prototype.at
[1, 2, 3].at(-1)  // -> 3
[[1, 2, 3].at(3), [1, 2, 3].at(-4), [1, 2].at(NaN), [1, 2].at("1")]  // -> [undefined, undefined, 1, 2]
[].at.call({length: 3, 2: "c"}, -1)  // -> "c"
[1,2,3].at(-0) // -> 1

// rule: r-Array.prototype.concat
[1].concat([2, , 3], 4, [[5]])  // -> [1, 2, hole, 3, 4, [5]]
[].concat.call(1, 2)  // -> [Number(1), 2]
[, 1].concat([, 2])  // -> [hole, 1, hole, 2]
[].concat(Object.freeze([1])).push(2)  // -> 2
[Array.prototype.concat.length, Array.prototype.map.name, Array.prototype.splice.length, Array.from.length, Array.of.length]  // -> [1, "map", 2, 1, 0]
[].concat({length: 1, 0: 1}).length  // -> 1
[].concat.call(1, [2], [[3]]).length // -> 3
[,1].concat([,]).length // -> 3
[].concat([[]],[,1],'ab',{length:1}) // -> [[], hole, 1, "ab", {length: 1}]
new Array(2).concat(1) // -> [hole, hole, 1]
Array.prototype.concat.call("a",1).length // -> 2
(function () { return [].concat([1], 2, [[3]]) })() // -> [1, 2, [3]]
1 in [1,,2].concat() // -> false

// rule: r-Array.prototype.copyWithin
[1, 2, 3, 4, 5].copyWithin(0, 3)  // -> [4, 5, 3, 4, 5]
[1, 2, 3, 4, 5].copyWithin(1, 0, 3)  // -> [1, 1, 2, 3, 5]
[1, , 3, 4].copyWithin(2, 0, 2)  // -> [1, hole, 1, hole]
[].copyWithin.call({length: 5, 3: 1}, 0, 3)  // -> {0: 1, 3: 1, length: 5}
[1, 2, 3, 4, 5].copyWithin(-2, -4, -3)  // -> [1, 2, 3, 2, 5]
[1,2,3,4,5].copyWithin(0,3,4) // -> [4, 2, 3, 4, 5]

// rule: r-Array.prototype.entries
[..."ab".split("").entries()]  // -> [[0, "a"], [1, "b"]]
[, 1].entries().next() // -> {value: [0, undefined], done: false}
[].entries().next() // -> {value: undefined, done: true}
[].entries.call(null) // -> throws TypeError
[3,4].entries().next() // -> {value: [0, 3], done: false}
[1,,2].entries().toString() // -> "[object Array Iterator]"

// rule: r-Array.prototype.every
[1, 2, 3].every(x => x > 0)  // -> true
[, 1].every((v, i) => i === 1)  // -> true
[1, 2].every()  // -> throws TypeError
[].every.call("ab", c => c < "c")  // -> true
[1,2,3].every(function(x){return x<this},4) // -> true
[,1].every(x => false) // -> false

// rule: r-Array.prototype.fill
[1, 2, 3].fill(0, 1)  // -> [1, 0, 0]
Array(3).fill(7)  // -> [7, 7, 7]
[1, 2, 3].fill(0, -1)  // -> [1, 2, 0]
[1, 2, 3].fill(9, NaN, undefined)  // -> [9, 9, 9]
[].fill.call({length: 2}, 4)  // -> {0: 4, 1: 4, length: 2}
[1,2,3].fill(0,-2,-1) // -> [1, 0, 3]
(function () { return new Array(3).fill(0).map((_, i) => i) })() // -> [0, 1, 2]
[1,,2].fill(0) // -> [0, 0, 0]
var a = Object.freeze([1,2]); a.fill(0) // -> throws TypeError
var a = Object.preventExtensions([1,,3]); a.fill(0) // -> throws TypeError

// rule: r-Array.prototype.filter
[1, , 2, 3].filter(x => x !== 2)  // -> [1, 3]
[3, 0, 5].filter((v, i) => i && v) // -> [5]
[1].filter() // -> throws TypeError
[].filter.call("abc", c => c > "a") // -> ["b", "c"]
[1,,2].filter(() => true).length // -> 2

// rule: r-Array.prototype.find
[1, 2, 3].find(x => x > 1)  // -> 2
[1, 2].find(x => x > 5) // -> undefined
[, 1].find((v, i) => i === 0) // -> undefined
[1].find(null) // -> throws TypeError
[,1].find(x => true) // -> undefined

// rule: r-Array.prototype.findIndex
[, 1].findIndex(x => x === undefined)  // -> 0
[1, 2, 3].findIndex(x => x === 3) // -> 2
[].findIndex(() => true) // -> -1
[1].findIndex({}) // -> throws TypeError

// rule: r-Array.prototype.findLast
[1, 2, 3].findLast(x => x < 3)  // -> 2
[1, 2, 3].findLast(x => x % 2) // -> 3
[1, 2].findLast(x => x > 5) // -> undefined
[1].findLast(undefined) // -> throws TypeError

// rule: r-Array.prototype.findLastIndex
[1, 2, 3].findLastIndex(x => x > 5)  // -> -1
[1, 2, 1].findLastIndex(x => x === 1) // -> 2
[, ].findLastIndex(x => x === undefined) // -> 0
[1].findLastIndex("f") // -> throws TypeError
[,1].findLastIndex(x => x === undefined) // -> 0

// rule: r-Array.prototype.flat
[1, [2, [3, [4]]]].flat()  // -> [1, 2, [3, [4]]]
[1, [2, [3, [4]]]].flat(Infinity)  // -> [1, 2, 3, 4]
[1, [2, [3]]].flat(0)  // -> [1, [2, [3]]]
[, [, 1]].flat()  // -> [1]
[1, [2]].flat(-1)  // -> [1, [2]]
[1, [2, [3]]].flat("2")  // -> [1, 2, 3]
[1,[2,[3,[4]]]].flat(2) // -> [1, 2, 3, [4]]
[1,,2].flat().length // -> 2

// rule: r-Array.prototype.flatMap
[1, 2].flatMap(x => [x, [x]])  // -> [1, [1], 2, [2]]
[1].flatMap(1)  // -> throws TypeError
["a b", "c"].flatMap(s => s.split(" ")) // -> ["a", "b", "c"]
[1, 2].flatMap(x => [[x]]) // -> [[1], [2]]
[[1,2],[3]].flatMap(x=>x) // -> [1, 2, 3]

// rule: r-Array.prototype.forEach
(function () { var s = []; [1, , 3].forEach(function (v, i, a) { s.push(v, i, a.length, this.t) }, {t: 9}); return s })()  // -> [1, 0, 3, 9, 3, 2, 3, 9]
(function () { var a = [1, 2, 3], s = []; a.forEach((v) => { s.push(v); a.pop() }); return s })()  // -> [1, 2]
[1].forEach(5) // -> throws TypeError
[1, 2].forEach(x => x) // -> undefined
[].forEach(5) // -> throws TypeError
var a = [1,2,3], n = 0; a.forEach(() => { n++; a.push(1) }); n // -> 3
var a = [1,2,3], n = 0; a.forEach(() => { n++; a.length = 1 }); n // -> 1

// rule: r-Array.prototype.includes
[1, NaN, 3].includes(NaN)  // -> true
[, 1].includes(undefined)  // -> true
[1, 2, 3].includes(1, 1)  // -> false
[1, 2, 3].includes(3, -1)  // -> true
[].includes.call({length: 3, 0: 1}, undefined)  // -> true
[1, 2, 3].includes("2")  // -> false
[1,2,3].includes() // -> false
[undefined].includes() // -> true
[,].includes(undefined) // -> true
(function () { return [1,2,3].includes(2) && !isNaN(5) })() // -> true
[1,,2].includes(undefined) // -> true

// rule: r-Array.prototype.indexOf
[1, NaN].indexOf(NaN)  // -> -1
[1, 2, 1].indexOf(1, 1)  // -> 2
[1, 2, 1].indexOf(1, -1)  // -> 2
[, undefined].indexOf(undefined)  // -> 1
[1, 2].indexOf(2, -Infinity)  // -> 1
[0].indexOf(-0)  // -> 0
[].indexOf.call({length: 9007199254740991, 9007199254740990: "x"}, "x", 9007199254740990)  // -> 9007199254740990
[1,2,3].indexOf(1,-5) // -> 0
(function () { return [1,2,3].indexOf('2') })() // -> -1
[1,,2].indexOf(undefined) // -> -1

// rule: r-Array.prototype.join
[1, null, undefined, [2, 3]].join()  // -> "1,,,2,3"
[1, 2].join(undefined)  // -> "1,2"
[1, 2].join("")  // -> "12"
[].join.call({length: 3, 1: "b"}, "-")  // -> "-b-"
[1, 2, 3].join({toString: () => "+"})  // -> "1+2+3"
Array(3).join('x') // -> "xx"
[].join.call({length:3,1:'x'},'-') // -> "-x-"
[1,,2].join() // -> "1,,2"

// rule: r-Array.prototype.keys
[...[, "x"].keys()]  // -> [0, 1]
(function () { var a = [1], i = a.keys(); a.push(2); return [...i] })()  // -> [0, 1]
[].keys().next().done // -> true
[..."ab"].keys().next() // -> {value: 0, done: false}
[].keys.call(undefined) // -> throws TypeError
Object.keys([1,,2].sort()) // -> ["0", "1"]

// rule: r-Array.prototype.lastIndexOf
[1, 2, 1].lastIndexOf(1)  // -> 2
[1, 2, 1].lastIndexOf(1, -2)  // -> 0
[1, 2, 1].lastIndexOf(1, undefined)  // -> 0
[1].lastIndexOf(1, -5)  // -> -1
[1, 2, 3].lastIndexOf(3, -Infinity)  // -> -1
[1,2,3].lastIndexOf(3,-5) // -> -1

// rule: r-Array.prototype.map
[1, , 3].map(x => x * 2)  // -> [2, hole, 6]
[1, 2].map((v, i, a) => a)  // -> [[1, 2], [1, 2]]
[3].map(parseInt)  // -> [3]
[].map.call("ab", x => x + x)  // -> ["aa", "bb"]
[].map.call({length: -1}, x => x)  // -> []
[].map(5)  // -> throws TypeError
[].map.call(null, x => x)  // -> throws TypeError
(function () { var a = [1]; a.constructor = 1; return a.map(x => x) })()  // -> throws TypeError
[[1, 2], [3]].map(([a, b = "d"]) => b)  // -> [2, "d"]
try { Array.prototype.map.call({length: 4294967296}, function (x) { return x; }); } catch (e) { e.name } // -> "RangeError"
[,1,,2].map(x=>x) // -> [hole, 1, hole, 2]
[].map.call('abc',(c,i)=>c+i) // -> ["a0", "b1", "c2"]
(function () { return [..."ab"].map((c, i, all) => c + i + all.length) })() // -> ["a02", "b12"]
(function () { return [1, '2', [3]].map(Number) })() // -> [1, 2, 3]
[1,,2].map(x => x).length // -> 3
1 in [1,,2].map(x => x) // -> false

// rule: r-Array.prototype.pop
[1, 2].pop()  // -> 2
[].pop()  // -> undefined
[].pop.call({length: 0})  // -> undefined
(function () { var o = {length: 2, 1: "x"}; return [[].pop.call(o), o] })()  // -> ["x", {length: 1}]
var a = Object.freeze([1,2]); a.pop() // -> throws TypeError
var a = Object.seal([1,2]); a.pop() // -> throws TypeError

// rule: r-Array.prototype.push
(function () { var a = [1]; a.push(a); return a.join() })()  // -> "1,"
(function () { var a = [1]; return [a.push(2, 3), a] })()  // -> [3, [1, 2, 3]]
(function () { var o = {length: 1}; [].push.call(o, "x"); return o })()  // -> {1: "x", length: 2}
[].push.call({length: 9007199254740991}, 1)  // -> throws TypeError
[].push.call({length: "2"}, 1)  // -> 3
var o={}; [].push.call(o,1,2); o // -> {0: 1, 1: 2, length: 2}
var a = Object.freeze([]); a.push() // -> throws TypeError
var a = Object.preventExtensions([1]); a.push(2) // -> throws TypeError

// rule: r-Array.prototype.reduce
[1, 2, 3].reduce((a, b) => a + b)  // -> 6
[].reduce((a, b) => a)  // -> throws TypeError
[, 1].reduce((a, b) => a + b)  // -> 1
[1, 2].reduce((a, b, i) => a + "," + b + i, "z")  // -> "z,10,21"
[].reduce.call('abc',(a,c)=>c+a) // -> "cba"
(function () { return [..."aab"].reduce((m, c) => (m[c] = (m[c] || 0) + 1, m), {}) })() // -> {a: 2, b: 1}
[1,,2].reduce((a, b) => a + b) // -> 3

// rule: r-Array.prototype.reduceRight
[1, 2, 3].reduceRight((a, b, i) => a + "," + b + i)  // -> "3,21,10"
[].reduceRight(() => 1, 7)  // -> 7
[].reduceRight((a, b) => a) // -> throws TypeError
[[1], [2]].reduceRight((a, b) => a.concat(b)) // -> [2, 1]
[1,2].reduceRight((a,b)=>a-b) // -> 1
(function () { return [1, 2, 3].reduceRight((a, b) => a + '-' + b) })() // -> "3-2-1"

// rule: r-Array.prototype.reverse
[1, 2, 3].reverse()  // -> [3, 2, 1]
[1, , 3, 4].reverse()  // -> [4, 3, hole, 1]
[].reverse.call({length: 3, 0: "a"})  // -> {2: "a", length: 3}
var o={length:3,0:'a',2:'c'}; [].reverse.call(o); o // -> {0: "c", 2: "a", length: 3}
1 in [1,,2].reverse() // -> false
var a = Object.freeze([2,1]); a.reverse() // -> throws TypeError

// rule: r-Array.prototype.shift
(function () { var a = [1, 2, 3]; return [a.shift(), a] })()  // -> [1, [2, 3]]
(function () { var a = [1, , 3]; return [a.shift(), a] })()  // -> [1, [hole, 3]]
(function () { var o = {length: 2, 0: "a", 1: "b"}; return [[].shift.call(o), o] })()  // -> ["a", {0: "b", length: 1}]
var o={length:2,0:1,1:2}; [].shift.call(o); o // -> {0: 2, length: 1}
var a = Object.freeze([1]); a.shift() // -> throws TypeError

// rule: r-Array.prototype.slice
[1, 2, 3, 4].slice(1, -1)  // -> [2, 3]
[1, , 3].slice()  // -> [1, hole, 3]
[].slice.call("abc", 1)  // -> ["b", "c"]
[1, 2].slice(undefined, undefined)  // -> [1, 2]
[].slice.call({length:2,0:1},0) // -> [1, hole]
1 in [1,,2].slice() // -> false

// rule: r-Array.prototype.some
[1, 2, 3].some(x => x > 2)  // -> true
[].some(() => true)  // -> false
[, undefined].some((v, i) => i === 0) // -> false
[1].some() // -> throws TypeError

// rule: r-Array.prototype.sort
[3, 1, 2].sort()  // -> [1, 2, 3]
[10, 9, 1].sort()  // -> [1, 10, 9]
[3, undefined, 1, , 2].sort()  // -> [1, 2, 3, undefined, hole]
[3, 1, 2].sort((a, b) => b - a)  // -> [3, 2, 1]
[1, 2, 3].sort(() => 0)  // -> [1, 2, 3]
[2, 1].sort(undefined)  // -> [1, 2]
[2, 1].sort(null)  // -> throws TypeError
[2, 1].sort((a, b) => { throw new RangeError("x") })  // -> throws RangeError
[2, 1, 3].sort((a, b) => NaN)  // -> [2, 1, 3]
["b", , "a"].sort()  // -> ["a", "b", hole]
[].sort.call({length: 2, 0: "b", 1: "a"})  // -> {0: "a", 1: "b", length: 2}
[5, 25, 100, 1].sort((a, b) => String(a) < String(b) ? -1 : 1)  // -> [1, 100, 25, 5]
[{k: 1, v: "a"}, {k: 0, v: "b"}, {k: 1, v: "c"}].sort((x, y) => x.k - y.k).map(o => o.v)  // -> ["b", "a", "c"]
["\ud83d\ude00", "\uffff"].sort()  // -> ["😀", "\uffff"]
["a","B","c"].sort() // -> ["B", "a", "c"]
[1,10,2,undefined,,null].sort() // -> [1, 10, 2, null, undefined, hole]
[3,2,1].sort((a,b)=>a>b) // -> [3, 2, 1]
[5,1,4].sort((a,b)=>b>a?1:-1) // -> [5, 4, 1]
[..."hello"].sort().join("") // -> "ehllo"
[1,2,3,4,5,6,7,8,9,10,11,12].sort((a,b)=>a%2-b%2) // -> [2, 4, 6, 8, 10, 12, 1, 3, 5, 7, 9, 11]
(function () { return [3,1,2].sort().concat([4]).map(x => x * 2).filter(x => x > 2).reduce((a, b) => a + b) })() // -> 18
(function () { return [10, 9, 1].sort() + '' + [3,2,1].sort((a, b) => a - b) })() // -> "1,10,91,2,3"
(function () { return [3, 20, 100].sort().concat([3, 20, 100].sort((a, b) => b - a)) })() // -> [100, 20, 3, 100, 20, 3]
(function () { return [undefined, 3, null, 1].sort() })() // -> [1, 3, null, undefined]
[3,,1].sort() // -> [1, 3, hole]
var a = Object.freeze([]); a.sort() // -> []

// rule: r-Array.prototype.splice
(function () { var a = [1, 2, 3, 4]; return [a.splice(1, 2, "x"), a] })()  // -> [[2, 3], [1, "x", 4]]
(function () { var a = [1, 2, 3]; return [a.splice(-2), a] })()  // -> [[2, 3], [1]]
(function () { var a = [1, 2, 3]; return [a.splice(), a] })()  // -> [[], [1, 2, 3]]
(function () { var a = [1, 2, 3]; return [a.splice(undefined), a] })()  // -> [[1, 2, 3], []]
(function () { var a = [1, , 3]; return [a.splice(1, 1), a] })()  // -> [[hole], [1, 3]]
(function () { var a = [1]; return [a.splice(1, 0, 2, 3), a] })()  // -> [[], [1, 2, 3]]
(function () { var o = {length: 3, 0: 1, 2: 3}; return [[].splice.call(o, 0, 1), o] })()  // -> [[1], {1: 3, length: 2}]
[1,2,3].splice(1,1,...[7,8]) // -> [2]
var a=[1,2,3]; a.splice(-1,1,'x'); a // -> [1, 2, "x"]
var a=[1,2,3]; a.splice(0,0,9); a // -> [9, 1, 2, 3]
var a=[1,2,3]; a.splice(1,Infinity); a // -> [1]
var a=[1,2,3]; a.splice(1,-1); a // -> [1, 2, 3]
[].splice.call({length:1,0:5},0,1) // -> [5]
var a = Object.freeze([1]); a.splice(0, 0) // -> throws TypeError

// rule: r-Array.prototype.toLocaleString
(function () { var a = [1]; a[1] = a; return a.toLocaleString() })()  // -> "1,"
[1, [2, null]].toLocaleString()  // -> "1,2,"
[null, undefined, [1]].toLocaleString() // -> ",,1"
[{toLocaleString() { return "x" }}].toLocaleString() // -> "x"
[{toLocaleString: 1}].toLocaleString() // -> throws TypeError

// rule: r-Array.prototype.toReversed
[1, 2].toReversed()  // -> [2, 1]
[, 1].toReversed()  // -> [1, undefined]
var a = [1, 2]; a.toReversed(); a // -> [1, 2]
[].toReversed.call(null) // -> throws TypeError

// rule: r-Array.prototype.toSorted
[3, , 1].toSorted()  // -> [1, 3, undefined]
[1, 2].toSorted(1)  // -> throws TypeError
[3, 1, 2].toSorted((a, b) => b - a) // -> [3, 2, 1]
var a = [2, 1]; a.toSorted(); a // -> [2, 1]
[1,,2].toSorted() // -> [1, 2, undefined]

// rule: r-Array.prototype.toSpliced
[1, 2, 3].toSpliced(1, 1, "a", "b")  // -> [1, "a", "b", 3]
[1, , 3].toSpliced(0, 0)  // -> [1, undefined, 3]
[1, 2, 3].toSpliced()  // -> [1, 2, 3]
[1, 2, 3].toSpliced(1)  // -> [1]
var a = [1, 2]; [a.toSpliced(0, 1, "x"), a] // -> [["x", 2], [1, 2]]

// rule: r-Array.prototype.toString
[1, 2].toString()  // -> "1,2"
[].toString.call({join: () => "j"})  // -> "j"
[].toString.call({})  // -> "[object Object]"
Object.prototype.toString.call([].values())  // -> "[object Array Iterator]"
[null,[undefined,[null]]].toString() // -> ",,"

// rule: r-Array.prototype.unshift
(function () { var a = [2]; return [a.unshift(0, 1), a] })()  // -> [3, [0, 1, 2]]
(function () { var a = [, 2]; return [a.unshift(0), a] })()  // -> [3, [0, hole, 2]]
(function () { var o = {length: 1, 0: "x"}; [].unshift.call(o); return o })()  // -> {0: "x", length: 1}
var o={length:'2'}; [].unshift.call(o,9); o // -> {0: 9, length: 3}

// rule: r-Array.prototype.values
[...[, "x"].values()]  // -> [undefined, "x"]
(function () { var i = [1, 2].values(); i.next(); return [i.next(), i.next(), i.next()] })()  // -> [{value: 2, done: false}, {value: undefined, done: true}, {value: undefined, done: true}]
[].values.call({length: 2, 0: "q"}).next()  // -> {value: "q", done: false}
[].values().next.call({})  // -> throws TypeError

// rule: r-Array.prototype.with
[1, 2, 3].with(1, "x")  // -> [1, "x", 3]
[1, 2, 3].with(-1, "x")  // -> [1, 2, "x"]
[1, 2, 3].with(3, "x")  // -> throws RangeError
[, 1].with(1, 2)  // -> [undefined, 2]
