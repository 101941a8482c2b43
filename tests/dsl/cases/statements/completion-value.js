// rule: r-completion-value
 // -> undefined
1; 2; // -> 2
1; var a = 5 // -> 1
1; function f() {} // -> 1
1; let a = 2; ; // -> 1
1; {} // -> 1
1; if (true) {} // -> undefined
1; if (false) 2 // -> undefined
1; { 2 } // -> 2
do { 3; break } while (0) // -> 3
1; while (false); // -> undefined
for (var i = 0; i < 3; i++) i * 2 // -> 4
a: { 1; break a; 2 } // -> 1
switch (1) { case 1: 5; break } // -> 5
try { 1 } finally { 2 } // -> 1
try { throw 1 } catch (e) { e + 1 } // -> 2
do { 1; try { 39 } finally { 42; break } } while (0) // -> 42
"use strict" // -> "use strict"
var a; a // -> undefined
{ 1; var a; } // -> 1
2; with_: { } // -> 2
1; switch (1) {} // -> undefined
eval_: for (var x of [1, 2]) { x; continue eval_ } // -> 2
3; do { 2; continue; } while (false) // -> 2
