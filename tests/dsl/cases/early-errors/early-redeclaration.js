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
{function a(){}var a} // -> early error 1:20
{var a;function a(){}} // -> early error 1:8
{let a;var a} // -> early error 1:12
{function a(){}{var a}} // -> early error 1:21
function f(){let a;var a} // -> early error 1:24
function f(a){let a} // -> early error 1:19
function f(a){var a;function a(){}} // -> undefined
function f(a){{let a}} // -> undefined
function f([a,a]){} // -> early error 1:15
