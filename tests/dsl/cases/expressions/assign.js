// rule: r-assign
var a, b; a = b = 1; [a, b] // -> [1, 1]
made = 5; [made, globalThis.made] // -> [5, 5]
"use strict"; made = 5 // -> throws ReferenceError
const c = 1; c = 2 // -> throws TypeError 1:14
var o = {}; o.a = o.b = 3; o // -> {b: 3, a: 3}
null.a = 1 // -> throws TypeError
var a = [1, 2], i = 0; a[i] = i = 5; [a, i] // -> [[5, 2], 5]
var f; f = function () {}; f.name // -> "f"
var f; (f) = function () {}; f.name // -> ""
var o = {}; o.f = function () {}; o.f.name // -> ""
1 = 2 // -> early error 1:1
// differs: a call as a target is an early error (13.15.1)
a() = 1 // -> early error
this = 1 // -> early error
undefined = 1; undefined // -> undefined
"use strict"; undefined = 1 // -> throws TypeError
var s = ""; try { null[(s += "k", "k")] = (s += "v") } catch (e) { s + e.name } // -> "kvTypeError"
a = 1; let a // -> throws ReferenceError
a = b = c = 1; [a,b,c] // -> [1, 1, 1]
var a = 5; a += a++ + ++a; a // -> 17
var i = 0; var a = [i++, i++, i]; a[i] = i++; [a, i] // -> [[0, 1, 2], 3]
var a = [1,2,3], i=0; a[i++] = a[i++] + a[i++]; [a,i] // -> [[5, 2, 3], 3]
var o={a:1}; with_=1; o.a = o.b = o; o.a === o // -> true
var s=''; for (var i=0;i<3;i++) { s+=i; if (i==1) continue; s+='x' } s // -> "0x12x"
(function () { var a = {}; a.x = a.y = 5; return a })() // -> {y: 5, x: 5}
(function () { var a = [1,2,3], i = 0; a[i++] = a[i++] = 9; return [a, i] })() // -> [[9, 9, 3], 2]
(function () { var a = [0], i = 0; a[i] = i = 5; return [a, i] })() // -> [[5], 5]
// differs: the name is resolved before the value (13.15.2)
"use strict"; q = (globalThis.q = 1, 2) // -> throws ReferenceError
"use strict"; var r = (globalThis.q = 1); q = 2; q // -> 2
