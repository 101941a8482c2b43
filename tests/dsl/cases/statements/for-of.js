// rule: r-for-of
var s = ""; for (var x of ["a", "b"]) s += x; s // -> "ab"
var r = []; for (const x of "a😀b") r.push(x); r // -> ["a", "😀", "b"]
var r = []; for (var [k, v] of new Map([[1, "a"]])) r.push(k, v); r // -> [1, "a"]
var a = [1, 2], r = []; for (var x of a) { r.push(x); if (a.length < 4) a.push(x * 10) } r // -> [1, 2, 10, 20]
var f = []; for (let x of [1, 2]) f.push(() => x); f.map(g => g()) // -> [1, 2]
for (x of 5); // -> throws TypeError
for (x of {}); // -> throws TypeError
for (x of null); // -> throws TypeError
for (var x of [1, , 3]) if (x === undefined) break; x // -> undefined
for (let x of [x]); // -> throws ReferenceError
var o = {}; for (o.v of [9]); o // -> {v: 9}
var a, b; for ({a, b = 2} of [{a: 1}]); [a, b] // -> [1, 2]
for (const x of [1]) x = 2 // -> throws TypeError
for (var x of [1], [2]); // -> syntax error 1:18
for (async of []); // -> early error 1:6
for (let of []); // -> syntax error
for (let x = 1 of []); // -> early error
for (var x, y of []); // -> early error
var r = []; for (var x of new Set([1, 2]).entries()) r.push(x); r // -> [[1, 1], [2, 2]]
(function () { var r = []; for (var x of arguments) r.push(x); return r })(1, 2) // -> [1, 2]
var a = [1, 2, 3], r = []; for (var x of a) { r.push(x); if (r.length < 5) a.push(x * 10); } r.join() // -> "1,2,3,10,20,30,100"
try { for (var x of 5) {} } catch (e) { e.name } // -> "TypeError"
for(let of []) // -> syntax error 1:12
for(let of of [1]) of // -> 1
for(var of of [1]) of // -> 1
for(of of [1]) of // -> 1
for(let[a] of [[1]]) a // -> 1
for(let
[a] of [[1]]) a // -> 1
for(let {a} of [{a:1}]) a // -> 1
for(const {a=2} of [{}]) a // -> 2
for(var [a,b] of [[1,2]]) a+b // -> 3
for([a,b] of [[1,2]]) a+b // -> 3
for({a,b:[c]} of [{a:1,b:[2]}]) a+c // -> 3
for((a) of [1]) a // -> 1
for((a.b) of [1]); // -> throws ReferenceError
for(var a of 1,2); // -> syntax error 1:15
for(a of 1,2); // -> syntax error 1:11
for(a of b=[1]) a // -> 1
for(a of (1,[2])) a // -> 2
for(x of []) function f(){} // -> syntax error 1:14
for ([a = 5] of [[]]) a // -> 5
for ({a: [b] = [7]} of [{}]) b // -> 7
for (let [a, {b}] of [[1, {b: 2}]]) a + b // -> 3
(function () { var fs = []; for (const x of [1,2,3]) fs.push(() => x * 2); return fs.map(f => f()) })() // -> [2, 4, 6]
(function () { var r = []; for (var x of 'a\u{1F600}b') r.push(x.length); return r })() // -> [1, 2, 1]
(function () { var r = []; var m = new Map([[1, 'a'], [2, 'b']]); for (var [k, v] of m) { r.push(k, v); if (k < 4) m.set(k + 2, 'n') } return r })() // -> [1, "a", 2, "b", 3, "n", 4, "n", 5, "n"]
(function () { var a = [1,2,3]; var r = []; for (var x of a) { r.push(x); if (a.length < 6) a.push(x * 10) } return r })() // -> [1, 2, 3, 10, 20, 30]
(function () { var a = []; for (const [i, v] of ['x','y'].entries()) a.push(i + v); return a })() // -> ["0x", "1y"]
(function () { for (var {x, y = 5} of [{x: 1}]) return [x, y] })() // -> [1, 5]
(function () { var o = {}; for (o.k in {z: 1}); for (o.v of [9]); return o })() // -> {k: "z", v: 9}
(function () { var s = ''; for (var c of ['a','b']) { s += c; } for (const c of []) s += 'never'; return s })() // -> "ab"
(function () { try { for (var x of 5) ; } catch (e) { return e.name } })() // -> "TypeError"
(function () { var r = []; for (const [k, {v}] of Object.entries({a: {v: 1}, b: {v: 2}})) r.push(k + v); return r })() // -> ["a1", "b2"]
(function () { var m = new Map([[1, 'a'], [2, 'b'], [3, 'c']]); var r = []; for (var [k] of m) { r.push(k); m.delete(k); if (k < 3) m.set(k + 10, 'x') } return [r, m.size] })() // -> [[1, 2, 3, 11, 12], 0]
(function () { var s = new Set([1, 2, 3]); var r = []; for (var x of s) { r.push(x); s.clear(); if (r.length < 3) s.add(x + 5) } return r })() // -> [1, 6, 11]
