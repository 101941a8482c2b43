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
(function () { const {a, b: {c = 5, ...r}, ...rest} = {a: 1, b: {d: 2, e: 3}, f: 4, g: 5}; return [a, c, r, rest] })() // -> [1, 5, {d: 2, e: 3}, {f: 4, g: 5}]
(function () { const [x, , y = 3, ...z] = [1,2,undefined,4,5]; return [x,y,z] })() // -> [1, 3, [4, 5]]
(function () { try { const c = 1; c = 2 } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { const a = 1; a++ } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { const a = 1; a += 1 } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { const {a} = {a: 1}; [a] = [2] } catch (e) { return e.name } })() // -> "TypeError"
(function () { try { for (const x of [1]) x = 2 } catch (e) { return e.name } })() // -> "TypeError"
(function () { const a = 0; try { a ||= 2 } catch (e) { return e.name } return a })() // -> "TypeError"
(function () { const o = {a: 1}; o.a++; o.b = 1; return o })() // -> {a: 2, b: 1}
