// rule: r-early-redeclaration
let a; let a // -> early error 1:12: `a` is already declared, in line 1
let a; const a = 1 // -> early error
var a; let a // -> early error 1:12
let a; var a // -> early error
let a; { var a } // -> early error
{ function a() {} let a } // -> early error
function a() {} let a // -> early error
(function (a) { let a }) // -> early error
let [a, a] = [] // -> early error
for (let a, a; ;); // -> early error
switch (1) { case 1: let a; default: let a } // -> early error
let a; { let a } var b; var b; function c() {} function c() {} // -> undefined
(function (a) { var a; { let a } })() // -> undefined
let a; (function () { var a })() // -> undefined
