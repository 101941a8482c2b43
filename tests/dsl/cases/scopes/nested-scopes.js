// rule: r-nested-scopes
let x = 1; { let x = 2; { let x = 3; { x = 4 } } var y = x } [x, y] // -> [1, 2]
var x = 1; function f() { return x } function g() { var x = 2; return f() } g() // -> 1
(function (a) { { let a = 2 } return a })(1) // -> 1
let a = 1; globalThis.a = 2; a // -> 1
var undefined2; (function () { undefined2 = 5 })(); undefined2 // -> 5
let x = 1; var y = x; { var z = y } z // -> 1
let a = 1; function f(){ return a } { let a = 2; f() } // -> 1
{ let a = 1; var f = () => a; a = 2 } f() // -> 2
(function () { let x = 1; { let x = 2; { let x = 3 } } return x })() // -> 1
(function () { var x = 1; { let x = 2; var y = x } return [x, y] })() // -> [1, 2]
