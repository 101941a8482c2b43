// rule: r-let
let a = 1, b; [a, b] // -> [1, undefined]
let a = 1; { let a = 2; } a // -> 1
let c = 1; [globalThis.c, "c" in globalThis] // -> [undefined, false]
let a; let a // -> early error 1:12
let [a, b = 2] = [1]; [a, b] // -> [1, 2]
let {a} // -> early error
let let = 1 // -> early error
if (1) let a // -> syntax error
var f; { let a = 1; f = () => a++ } [f(), f()] // -> [1, 2]
let [x = 1, [y] = [2], {z = 3} = {}] = []; [x, y, z].join() // -> "1,2,3"
var let; let
x // -> undefined
let
x = 1; x // -> 1
var let = 1; let
(1) // -> throws TypeError
l\u0065t a // -> syntax error 1:10
l\u0065t
a // -> throws ReferenceError
while(0) let
x // -> throws ReferenceError
if(0) let
{} // -> undefined
if(1) const a=1 // -> syntax error 1:7
label: let
{} // -> throws ReferenceError
label: const a=1 // -> syntax error 1:8
const {a = 1, ...b} = {c: 2, d: 3}; [a, b] // -> [1, {c: 2, d: 3}]
const [a = 1, ...[b, c]] = [undefined, 2, 3]; [a,b,c] // -> [1, 2, 3]
let [[x] = [1], {y} = {y: 2}] = []; [x, y] // -> [1, 2]
let {length} = [1,2]; length // -> 2
