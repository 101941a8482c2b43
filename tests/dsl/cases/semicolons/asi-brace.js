// rule: r-asi-brace
{ 1 } 2 // -> 2
function f() { return 3 } f() // -> 3
{ var a = 1 } a // -> 1
if (1) { 4 } else { 5 } // -> 4
do { 1 } while (0) 2 // -> 2
