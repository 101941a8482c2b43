// rule: r-comments
1 /* a */ + /* b // c */ 2 // three -> it is
// -> 3
/**/ 5 /***/ /* * / ** */ // -> 5
var a = 1 /*
*/ var b = 2; a + b // -> 3
var a = 1 /* no line end */ var b = 2 // -> syntax error 1:29
/* /* */ 4 /* */ // -> 4
1 + /* never closed // -> syntax error 1:5
function f() { return /* a
line end */ 1 } f() // -> undefined
