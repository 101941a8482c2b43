// rule: r-loop-scopes
var f = []; for (let x of [1, 2]) { let y = x * 2; f.push(() => x + y) } f.map(g => g()) // -> [3, 6]
for (let i of [1]) { let i = 2; var r = i } r // -> 2
var f = []; for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) f.push(() => [i, j]); f.map(g => g()) // -> [[0, 0], [0, 1], [1, 0], [1, 1]]
for (let a of [1]) { var a } // -> early error
let i = 5; for (let i = 0; i < 2; i++); i // -> 5
var f = []; for (let k in {a: 1, b: 1}) { f.push(() => k); k += "!" } f.map(g => g()) // -> ["a!", "b!"]
var f = []; for (let i = 0; i < 3; i++) { if (i == 1) continue; f.push(() => i) } f.map(g => g()) // -> [0, 2]
let x = 1; for (let x of [x]) ; // -> throws ReferenceError
let x = 'outer'; var f; for (let i = (f = () => x, 0); i < 1; i++) { let x = 'inner' } f() // -> "outer"
var fs=[]; for (let x = 0, f = () => x; x < 3; x++) { fs.push(f) } fs.map(g=>g()) // -> [0, 0, 0]
var fs=[]; for (let x in (fs.push(() => typeof x), {a:1})) ; try { fs[0]() } catch (e) { e.name } // -> "ReferenceError"
var p1,p2; let x='outside'; for (let x of (p1=()=>x, ['inside'])) p2=()=>x; try { p1() } catch(e) { e.name } // -> "ReferenceError"
var p; let x = 'o'; switch (p = () => x, null) { case null: let x = 'i' } p() // -> "o"
var a; switch (0) { case 0: a = () => b; let b = 5; } a() // -> 5
var probe1, probe2; { let x; try { throw 1 } catch (x) { probe1 = () => x; var y = probe1() } } y // -> 1
(function () { var r = []; for (let x of [1, 2]) { let y = x * 2; r.push(() => x + y) } return r.map(f => f()) })() // -> [3, 6]
(function () { var r = []; for (let i = 0; i < 2; i++) { for (let j = 0; j < 2; j++) { if (j) continue; r.push(() => [i, j]) } } return r.map(f => f()) })() // -> [[0, 0], [1, 0]]
