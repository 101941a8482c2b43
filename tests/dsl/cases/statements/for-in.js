// rule: r-for-in
var r = []; for (var k in {b: 1, a: 2, 1: 3}) r.push(k); r // -> ["1", "b", "a"]
var o = Object.create({x: 1, y: 2}); o.y = 3; o.z = 4; var r = []; for (var k in o) r.push(k); r // -> ["y", "z", "x"]
var r = []; for (var k in [5, , 7]) r.push(k); for (k in "ab") r.push(k); r // -> ["0", "2", "0", "1"]
for (var k in null) nobody; for (k in undefined) nobody; for (k in 5) nobody; k // -> undefined
var o = {a: 1, b: 2, c: 3}, r = []; for (var k in o) { r.push(k); delete o.b } r // -> ["a", "c"]
var f = []; for (const k in {a: 1, b: 2}) f.push(() => k); f.map(g => g()) // -> ["a", "b"]
var o = {}; for (o.k in {z: 1}); o // -> {k: "z"}
for (var [a, b] in {xy: 1}); [a, b] // -> ["x", "y"]
for (let k in {a: k}); // -> throws ReferenceError
for (var i = 5 in {}); i // -> 5
"use strict"; for (var i = 5 in {}); // -> early error
for (let a, b in {}); // -> early error
for (a, b in {}); // -> syntax error
for (var k in {a: 1}, {b: 2}); k // -> "b"
var p = {a: 1}, o = Object.create(p); Object.assign(o, {a: 2}); var n = 0; for (k in o) n++; n // -> 1
for (var k in function () {}) nobody // -> undefined
var r = []; for (var k in {b: 1, 2: 1, a: 1, 1: 1}) r.push(k); for (var k in 'ab') r.push(k); for (var k in null) r.push(k); r.join() // -> "1,2,b,a,0,1"
var o = {a: 1, b: 2, c: 3}, r = []; for (var k in o) { r.push(k); delete o.b; o.d = 4; } r.join() // -> "a,c"
for(let in {}); // -> undefined
for(of in {a:1}) of // -> "a"
for(var of in {}) ; // -> undefined
for(let of in {a:1}) of // -> "a"
for(let.a in {}); // -> undefined
for(let[a] in {xy:1}) a // -> "x"
for((a) in {x:1}) a // -> "x"
for(var a=0 in {}); // -> undefined
for(let a=0 in {}); // -> early error 1:9
for(var [a]=0 in {}); // -> early error 1:9
for(var x in null, {a:1}) x // -> "a"
for(x in {}) let
y // -> throws ReferenceError
var r=[]; for (var k in {a:1,b:2}) { r.push(k); this_ = 1 } r // -> ["a", "b"]
var o={a:1}; var r=[]; for (var k in o) { r.push(k); o.z=1; o.y=2 } r // -> ["a"]
(function () { var fs = []; for (const k in {a:1,b:2}) fs.push(() => k); return fs.map(f => f()) })() // -> ["a", "b"]
(function () { var r = []; for (var k in [5,,7]) r.push(k); return r })() // -> ["0", "2"]
(function () { var r = []; for (var k in 'ab') r.push(k); return r })() // -> ["0", "1"]
(function () { var r = []; var o = {b: 1, a: 2, 2: 1, 1: 1}; for (var k in o) { r.push(k); delete o.a } return r })() // -> ["1", "2", "b"]
(function () { function P() { this.own = 1 } P.prototype.inh = 2; var r = []; for (var k in new P) r.push(k); return r })() // -> ["own", "inh"]
(function () { var a = [3, 2, 1]; a.x = 1; for (var k in a) { if (k === '0') delete a[1] } return Object.keys(a) })() // -> ["0", "2", "x"]
(function () { var r = []; for (var k in {a: 1, b: 2, c: 3}) { r.push(k); if (k == 'b') break } return r })() // -> ["a", "b"]
(function () { var r = []; var o = {a: 1}; for (var k in o) { o.z = 1; r.push(k) } return r.length <= 2 })() // -> true
(function () { var r = []; for (var k in null) r.push(k); for (var k in undefined) r.push(k); for (var k in 5) r.push(k); return r })() // -> []
(function () { var k; for (k in {p: 1}); return k })() // -> "p"
