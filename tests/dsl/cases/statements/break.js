// rule: r-break
for (var i = 0; i < 9; i++) if (i == 3) break; i // -> 3
a: { break a; nobody } 5 // -> 5
a: for (;;) { for (;;) break a } 6 // -> 6
var r = []; a: for (var i = 0; i < 3; i++) switch (i) { case 0: break; case 1: break a; default: r.push(i) } i // -> 1
break // -> early error 1:1
break a // -> early error
a: (function () { break a }) // -> early error
if (1) break // -> early error
a: b: { break a } 1 // -> 1
(function () { label: for (;;) { for (;;) { break label } } return 'done' })() // -> "done"
