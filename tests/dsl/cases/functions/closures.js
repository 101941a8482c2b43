// rule: r-closures
function counter() { var n = 0; return {up: () => ++n, get: () => n} } var a = counter(), b = counter(); a.up(); a.up(); b.up(); [a.get(), b.get()] // -> [2, 1]
var x = 1; var f = () => x; x = 2; f() // -> 2
var f = []; for (var i = 0; i < 2; i++) (j => f.push(() => j + i))(i); f.map(g => g()) // -> [2, 3]
function outer() { var x = 1; function inner() { x++; return x } return [inner(), inner(), x] } outer() // -> [2, 3, 3]
var f; { let a = 1; { let b = 2; f = () => [a++, b++] } } f(); f() // -> [2, 3]
(function (a) { return () => a })(5)() // -> 5
var add = a => b => a + b, inc = add(1); [inc(1), add(5)(1)] // -> [2, 6]
