// rule: r-dead-zone
a; let a = 1 // -> throws ReferenceError 1:1: Cannot access 'a' before initialization
a = 1; let a // -> throws ReferenceError
typeof a; let a // -> throws ReferenceError
(() => a)(); const a = 1 // -> throws ReferenceError
let f = () => a; let a = 5; f() // -> 5
let a = a // -> throws ReferenceError
let [a = b, b] = [] // -> throws ReferenceError
let a = 1; { a; let a = 2 } // -> throws ReferenceError
for (let i = 0; i < 2; i++) { if (i) { x; } let x = i } // -> throws ReferenceError
let a; a // -> undefined
switch (1) { case 0: let a; default: a = 1 } // -> throws ReferenceError
function f() { return a } try { f() } catch (e) { e.name } let a // -> "ReferenceError"
let a = (() => { try { return a } catch (e) { return e.name } })(); a // -> "ReferenceError"
a.b; let a // -> throws ReferenceError
a++; let a = 1 // -> throws ReferenceError
{ f(); let x = 1; function f() { x } } // -> throws ReferenceError
let f = () => g(); let g = () => 5; f() // -> 5
(function () { try { x; let x = 1 } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { const f = () => f2(); const f2 = () => 5; return f() })() // -> 5
(function () { try { a.b; let a } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { a = 1; let a } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { typeof a; let a } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { (() => a)(); const a = 1 } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { let a = a } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { let [a = b, b] = [] } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { for (let x of [x]) ; } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { for (let x in {a: x}) ; } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { switch (1) { case 0: let a; case 1: a } } catch (e) { return e.name } })() // -> "ReferenceError"
(function () { try { switch (1) { case 0: let a; default: a = 1 } } catch (e) { return e.name } })() // -> "ReferenceError"
