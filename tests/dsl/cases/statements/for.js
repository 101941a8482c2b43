// rule: r-for
var s = 0; for (var i = 0; i < 5; i++) { if (i == 3) continue; s += i } s // -> 7
for (var i = 0; ; i++) { if (i > 3) break } i // -> 4
var f = []; for (let i = 0; i < 3; i++) f.push(() => i); f.map(g => g()) // -> [0, 1, 2]
var f = []; for (let i = 0; i < 3; i++) { f.push(() => i); i++ } f.map(g => g()) // -> [1, 3]
var f = []; for (var i = 0; i < 3; i++) f.push(() => i); f.map(g => g()) // -> [3, 3, 3]
var f = []; for (let i = 0, n = 2; f.push(() => i), i < n; i++); f.map(g => g()) // -> [0, 1, 2]
var f = []; for (let i = 0; i < 2; f.push(() => i), i++); f.map(g => g()) // -> [1, 2]
var f; for (let i = 0, g = () => i; i < 2; i++) f = g; f() // -> 0
for (const i = 0; i < 1; ) { i; break } // -> 0
for (const i = 0; i < 1; i++); // -> throws TypeError
for (let i = 0; i < 1; i++) { let i = 5; var k = i } k // -> 5
for (let [i, j] = [0, 5]; i < j; i += 2, j--) var r = [i, j]; r // -> [2, 4]
for (let i = 0; i < 1; i++) { var i } // -> early error
var i = 7; for (i = 0; i < 2; i++); i // -> 2
for (;;) { break } // -> undefined
for (var i = "a" in {}; i; ); i // -> syntax error
for (var i = ("a" in {a: 1}); i; ) { i = 0 } i // -> 0
var r = []; for (let i = 0, next = () => i++; i < 3; i++) { r.push(next()); } r.join() // -> "0,1,2"
var r = []; for (let i = 0, see = () => i; i < 3; i++) { r.push(see() + ':' + i); i++; } r.join() // -> "0:0,0:2"
for(;;)break // -> undefined
for(var i;;)break // -> undefined
for(var i=0,j;;)break // -> undefined
for(let i;;)break // -> undefined
for(let;;)break // -> throws ReferenceError
for(let=1;;)break // -> undefined
for(let of = 0; of < 1; of++) of // -> 0
for(let of; false;); // -> undefined
for((a in b);;)break // -> throws ReferenceError
for(a in b;;); // -> syntax error 1:11
for(var a = (1 in []) ;;)break // -> undefined
for(;;) let
{} // -> throws ReferenceError
var c; try { for (const i = 0; i < 2; c = i, i++) ; } catch (e) { e.name } // -> "TypeError"
var f=[]; for (const x = {n:0}; x.n < 2; x.n++) f.push(() => x.n); f.map(g=>g()) // -> [2, 2]
for (var i = 0, [a, b] = [1, 2]; i < 1; i++) a + b // -> 3
(function () { var s = 0; for (var i = 0; i < 10; i++) { if (i == 3) continue; if (i == 7) break; s += i } return s })() // -> 18
(function () { var fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); return fs.map(f => f()) })() // -> [0, 1, 2]
(function () { var fs = []; for (let i = 0; i < 3; i++) { fs.push(() => i); i++ } return fs.map(f => f()) })() // -> [1, 3]
(function () { var fs = []; for (var i = 0; i < 3; i++) fs.push(() => i); return fs.map(f => f()) })() // -> [3, 3, 3]
(function () { var r = ''; for (var i = 0, j = 10; i < j; i++, j--) r += i + ',' + j + ';'; return r })() // -> "0,10;1,9;2,8;3,7;4,6;"
(function () { var r = []; for (let i = 0, n = 2; i < n; i++) { r.push(() => i + n) } return r.map(f => f()) })() // -> [2, 3]
(function () { for (const i = 0; i < 1;) { return i } })() // -> 0
(function () { try { for (const i = 0; i < 1; i++) ; } catch (e) { return e.name } })() // -> "TypeError"
(function () { for (var i = 0, n = 3, r = []; i < n; r.push(i), i++); return r })() // -> [0, 1, 2]
(function () { for (var i = 0; ; i++) { if (i > 3) break } return i })() // -> 4
(function () { var i = 0; for (;;) { if (i++ > 3) break; continue } return i })() // -> 5
(function () { var r = []; for (let i = 0, f = () => i; i < 2; i++) r.push(f()); return r })() // -> [0, 0]
(function () { var r = []; for (let i = 0; r.push(() => i), i < 2; i++); return r.map(f => f()) })() // -> [0, 1, 2]
(function () { var r = []; for (let i = 0; i < 3; r.push(() => i), i++); return r.map(f => f()) })() // -> [1, 2, 3]
(function () { var r = []; for (let [i, j] = [0, 5]; i < j; i += 2, j--) r.push(() => i * 10 + j); return r.map(f => f()) })() // -> [5, 24]
