// rule: r-loop-scopes
var f = []; for (let x of [1, 2]) { let y = x * 2; f.push(() => x + y) } f.map(g => g()) // -> [3, 6]
for (let i of [1]) { let i = 2; var r = i } r // -> 2
var f = []; for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) f.push(() => [i, j]); f.map(g => g()) // -> [[0, 0], [0, 1], [1, 0], [1, 1]]
for (let a of [1]) { var a } // -> early error
let i = 5; for (let i = 0; i < 2; i++); i // -> 5
var f = []; for (let k in {a: 1, b: 1}) { f.push(() => k); k += "!" } f.map(g => g()) // -> ["a!", "b!"]
var f = []; for (let i = 0; i < 3; i++) { if (i == 1) continue; f.push(() => i) } f.map(g => g()) // -> [0, 2]
