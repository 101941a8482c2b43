// rule: r-const
const a = 1; a // -> 1
const a = 1; a = 2 // -> throws TypeError 1:14
const a // -> early error
const o = {a: 1}; o.a = 2; o // -> {a: 2}
const {a, ...b} = {a: 1, c: 2}; [a, b] // -> [1, {c: 2}]
const a = 1; [a] = [2] // -> throws TypeError
const a = 1; a++ // -> throws TypeError
const a = 1; for (a of [2]); // -> throws TypeError
const a = 1; (() => { a = 2 })() // -> throws TypeError
const a = 1; { const a = 2 } a // -> 1
const a = 5; try { a = 6 } catch (e) {} a // -> 5
