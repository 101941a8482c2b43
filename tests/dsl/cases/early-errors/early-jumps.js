// rule: r-early-jumps
break // -> early error 1:1: `break` can only stand in a loop or a switch statement
continue // -> early error
return // -> early error
for (;;) { (() => { break })() } // -> early error
a: for (;;) { (function () { break a }) } // -> early error
a: { for (;;) { continue a } } // -> early error
while (0) break b // -> early error
a: b: for (;;) { break a } // -> undefined
new.target // -> early error
