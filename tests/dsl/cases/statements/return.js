// rule: r-return
(function () { return 5; nobody })() // -> 5
(function () { return })() // -> undefined
(function () { for (;;) { return 1 } })() // -> 1
(function () { return
5 })() // -> undefined
return 1 // -> early error 1:1
{ return } // -> early error
(() => { return 7 })() // -> 7
