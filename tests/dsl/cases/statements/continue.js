// rule: r-continue
var r = []; for (var i = 0; i < 4; i++) { if (i % 2) continue; r.push(i) } r // -> [0, 2]
var r = []; a: for (var i = 0; i < 3; i++) { for (var j = 0; j < 3; j++) { if (j == 1) continue a; r.push([i, j]) } } r // -> [[0, 0], [1, 0], [2, 0]]
var i = 0; do { if (i++ < 3) continue; break } while (true); i // -> 4
continue // -> early error 1:1
a: { continue a } // -> early error
a: { for (;;) continue a } // -> early error
switch (1) { case 1: continue } // -> early error
for (;;) { (function () { continue })() } // -> early error
a: b: for (var i = 0; i < 2; i++) { continue a } i // -> 2
var r = []; for (var x of [1, 2, 3]) { switch (x) { case 2: continue } r.push(x) } r // -> [1, 3]
(function () { var r = []; outer: for (var i = 0; i < 3; i++) { for (var j = 0; j < 3; j++) { if (j == 1) continue outer; if (i == 2) break outer; r.push([i,j]) } } return r })() // -> [[0, 0], [1, 0]]
(function () { var r = []; a: for (var i = 0; i < 3; i++) { b: for (var j = 0; j < 3; j++) { for (var k = 0; k < 3; k++) { if (k == 1) continue b; if (j == 1) continue a; if (i == 2) break a; r.push('' + i + j + k) } } } return r })() // -> ["000", "100"]
(function () { var r = []; a: for (let i of [1, 2, 3]) { switch (i) { case 1: continue a; case 2: r.push(i); break; default: break a } r.push('end') } return r })() // -> [2, "end"]
