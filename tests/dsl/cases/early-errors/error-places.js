// rule: r-error-places
var a = ;
1 // -> syntax error 1:9
var x;
  x.y // -> throws TypeError 2:5
function f() {
  throw new Error("x");
}
f() // -> throws Error 2:3: x
[1].map(function (x) {
  return x.a.b;
}) // -> throws TypeError 2:14
JSON.parse("{") // -> throws SyntaxError 1:6
"😀"; ! // -> syntax error 1:7
try {
 throw 1
} catch (e) { throw e } // -> throws Error 3:15
let f = 1;
f() // -> throws TypeError 2:1
executStep(1) // -> throws ReferenceError 1:1: executStep is not defined
foo(1, [2, {a: 3) // -> syntax error 1:17: `)` can't stand here: the `{` at 1:12 is still open
foo(1 // -> syntax error 1:6: the script ends, but the `(` at 1:4 is never closed
if (a) { // -> syntax error 1:9: the script ends, but the `{` at 1:8 is never closed
