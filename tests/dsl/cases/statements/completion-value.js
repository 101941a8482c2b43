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
1; a: { break a } // -> 1
1; do { } while (false) // -> undefined
1; do { 2; } while (false) // -> 2
2; while (1) { break } // -> undefined
2; while (1) { 3; break } // -> 3
1; if (0) {} else { } // -> undefined
1; switch (2) { case 2: } // -> undefined
1; switch (2) { case 2: 3; default: } // -> 3
1; switch (2) { default: 4; case 3: break } // -> 4
1; try { } finally { } // -> undefined
1; try { 2 } catch (e) { } finally { 3 } // -> 2
1; try { throw 2 } catch (e) { } // -> undefined
1; for (var i in {a:1}) ; // -> undefined
1; for (var i in {a:1}) { 5 } // -> 5
1; for (var i of []) ; // -> undefined
1; for (;;) { 2; break } // -> 2
1; var x = 2; // -> 1
1; let y = 2; // -> 1
1; ; // -> 1
1; {} // -> 1
1; { ; } // -> 1
1; function f(){} // -> 1
"a"; "b" // -> "b"
eval_ = 1; 2; { let q = 3; } // -> 2
if (1) { 1; var a = 2 } // -> 1
do { -2; continue } while (0) // -> -2
do { 1; do { 2; break } while (0); } while (0) // -> 2
x: do { 1; do { 2; continue x } while (0) } while (0) // -> 2
while (true) { 5; try { break } finally { 6 } } // -> undefined
3; while (true) { try { break } finally { 6 } } // -> undefined
3; for (var i = 0; i < 2; i++) { if (i) break; } // -> undefined
for (var i = 0; i < 2; i++) { if (i) { 7; break } 8 } // -> 7
do { 3; try { 4; break } catch (e) {} } while (0) // -> 4
do { try { throw 1 } catch (e) { 5; break } } while (0) // -> 5
switch ('a') { case 'a': 1; { 2; break } } // -> 2
switch (1) { case 1: 1; case 2: ; } // -> 1
switch (1) { case 1: 1; case 2: {} } // -> 1
switch (1) { case 1: 1; case 2: if (0) 5; } // -> undefined
var r; r = (function(){ try { return r = 1 } finally { r = 2 } })(); r // -> 1
