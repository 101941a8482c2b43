// rule: r-array-destructuring
var a, b, c; [a, , b = 5, ...c] = [1, 2, undefined, 4, 5]; [a, b, c] // -> [1, 5, [4, 5]]
var a = 1, b = 2; [a, b] = [b, a]; [a, b] // -> [2, 1]
var o = {}; [o.x, o["y"], ...o.z] = "abcd"; o // -> {x: "a", y: "b", z: ["c", "d"]}
[] = [1]; [,] = "" // -> ""
var a, b; [a = 1, [b] = [2]] = []; [a, b] // -> [1, 2]
[a] = 5 // -> throws TypeError
[a] = null // -> throws TypeError
[a] = {} // -> throws TypeError
var it = [1, 2, 3].values(), a; [a] = it; [...it] // -> [2, 3]
var n = 0, a; [a = n++] = [null]; [a, n] // -> [null, 0]
var a, v = [1]; ([a] = v) === v // -> true
var a, b; [[a], {b}] = [[1], {b: 2}]; [a, b] // -> [1, 2]
[...a, b] = [] // -> early error
[a + 1] = [] // -> early error
var m = new Map([[1, 2]]), k, v; [[k, v]] = m; [k, v] // -> [1, 2]
var f; [f = function () {}] = []; f.name // -> "f"
try { var [a] = null; } catch (e) { e.name } // -> "TypeError"
var a = [1, 2]; [a[0], a[1]] = [a[1], a[0]]; var o = {}; ({p: o.q, r: o['s'] = 9} = {p: 8}); [a.join('-'), o.q, o.s].join() // -> "2-1,8,9"
[a, b] = [1]; [a, b] // -> [1, undefined]
[a, ...[b]] = [1, 2, 3]; [a, b] // -> [1, 2]
[...[a, b]] = [1, 2]; [a, b] // -> [1, 2]
var o = {}; [o['x'], ...o.y] = [1, 2, 3]; o // -> {x: 1, y: [2, 3]}
var a = [1, 2, 3]; [a[1], a[0]] = a; a // -> [1, 1, 3]
var i = 0; var a = []; [a[i++], a[i++]] = [5, 6]; [a, i] // -> [[5, 6], 2]
[x = 1] = [undefined]; x // -> 1
[x = y] = [1]; var y; x // -> 1
[(a)] = [1]; a // -> 1
[(a.b)] = [1] // -> throws ReferenceError
[((a))] = [2]; a // -> 2
[{a}] = [{a: 1}]; a // -> 1
[a] = 'x'; a // -> "x"
[a, b] = new Map([[1, 2]]); [a, b] // -> [[1, 2], undefined]
(function () { let a = 1, b = 2; [a, b] = [b, a]; return [a,b] })() // -> [2, 1]
(function () { var o = {}, a = []; [o.x, a[0], ...a.y] = [1,2,3]; return o })() // -> {x: 1}
(function () { var a = 1, b = 2, c = 3; [a, b, c] = [c, a, b]; return [a, b, c] })() // -> [3, 1, 2]
(function () { var a = [1, 2, 3]; [a[0], a[2]] = [a[2], a[0]]; return a })() // -> [3, 2, 1]
(function () { var o = {}; [o.a = 5, o['b']] = [undefined, 2]; return o })() // -> {a: 5, b: 2}
(function () { var x; return [x = 5, x, (x = [1]) && x, ([x] = [9]), x] })() // -> [5, 5, [1], [9], 9]
(function () { var r = []; for ([a, b] of [[1, 2]]) r.push(a + b); var a, b; return r })() // -> [3]
(function () { var [a, b] = new Set([1, 2]); var [[k, v]] = new Map([['x', 1]]); return [a, b, k, v] })() // -> [1, 2, "x", 1]
(function () { var [a, , b] = 'xyz'; return a + b })() // -> "xz"
(function () { var [] = [], {} = {}; return 1 })() // -> 1
