// rule: r-closures
function counter() { var n = 0; return {up: () => ++n, get: () => n} } var a = counter(), b = counter(); a.up(); a.up(); b.up(); [a.get(), b.get()] // -> [2, 1]
var x = 1; var f = () => x; x = 2; f() // -> 2
var f = []; for (var i = 0; i < 2; i++) (j => f.push(() => j + i))(i); f.map(g => g()) // -> [2, 3]
function outer() { var x = 1; function inner() { x++; return x } return [inner(), inner(), x] } outer() // -> [2, 3, 3]
var f; { let a = 1; { let b = 2; f = () => [a++, b++] } } f(); f() // -> [2, 3]
(function (a) { return () => a })(5)() // -> 5
var add = a => b => a + b, inc = add(1); [inc(1), add(5)(1)] // -> [2, 6]
(function () { function c() { let n = 0; return {inc: () => ++n, get: () => n} } var a = c(), b = c(); a.inc(); a.inc(); b.inc(); return [a.get(), b.get()] })() // -> [2, 1]
(function () { var r; { let a = 1; r = () => a++; } return [r(), r()] })() // -> [1, 2]
(function () { var fs = []; for (let x of [() => 1]) { fs.push(() => x()) } return fs[0]() })() // -> 1
(function () { function outer() { var x = 1; function inner() { x++; return x } return [inner(), inner(), x] } return outer() })() // -> [2, 3, 3]
(function () { function mk() { var fs = []; for (var i = 0; i < 2; i++) (function(j) { fs.push(() => j + i) })(i); return fs.map(f => f()) } return mk() })() // -> [2, 3]
(function () { var x = 1; var f = () => { x = 2; { let x = 3; x++ } return x }; return [f(), x] })() // -> [2, 2]
(function () { let a = 1; { let a = 2; var f = () => a } return [a, f()] })() // -> [1, 2]
(function () { let a = []; for (let i = 0; i < 2; i++) { let j = i; { let k = j; a.push(() => i + j + k) } } return a.map(f => f()) })() // -> [0, 3]
