// rule: r-if-functions
if (1) function f() { return 1 } f() // -> 1
if (0) function f() {} typeof f // -> "undefined"
if (0); else function f() { return 2 } f() // -> 2
"use strict"; if (1) function f() {} // -> early error
if (1) function f() {} else function f() {} typeof f // -> "function"
while (0) function f() {} // -> syntax error
if (1) a: function f() {} // -> early error
(function () { if (1) function a() { return 5 } return a() })() // -> 5
