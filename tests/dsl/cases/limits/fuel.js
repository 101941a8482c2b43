// rule: r-fuel
// with: fuel=1000
for (;;); // -> limit 1:1: the script used more than 1000 steps
// with: fuel=1000
for (var i = 0; i < 900; i++); i // -> 900
// with: fuel=1000
for (var i = 0; i < 1001; i++); // -> limit
// with: fuel=1000
while (true) { try { nobody } catch (e) {} } // -> limit
// with: fuel=1000
function f() { f() } for (;;) try { f() } catch (e) {} // -> limit
// with: fuel=1000
"a".repeat(1000000) // -> limit
// with: fuel=1000
Array(5000).fill(0).map(x => x) // -> limit
// with: fuel=50000
/^(a?){28}a{28}$/.test("a".repeat(27)) // -> limit
// with: fuel=1000
for (var a = [1], i = 0; ; ) a.sort() // -> limit
// with: fuel=1000
for (var x of [1]) for (;;) if (x) continue // -> limit
// with: fuel=1000
do ; while (true) // -> limit
// with: fuel=1000
var a = [1]; for (var x of a) a.push(x) // -> limit
// with: fuel=1000
(function f() { return {toString: f} })() + "" // -> throws TypeError
