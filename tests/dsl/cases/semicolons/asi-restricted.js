// rule: r-asi-restricted
var a = 1, b = 2
a
++
b; [a, b] // -> [1, 3]
function f() { return
5 } f() // -> undefined
function f() { return (
5) } f() // -> 5
var n = 0; a: for (;;) { for (;;) { break
a } n = 7; break } n // -> 7
var i = 0; a: while (i < 1) { do { i++; continue
a } while (0); i = 9 } i // -> 9
throw
1 // -> syntax error 2:1: the value to throw must begin on the line of `throw`
var f = x
=> x // -> syntax error 2:1
var f = (x) =>
x; f(3) // -> 3
var a = 5
a
-- // -> syntax error 3:3
(function(){ return

/a/
})() // -> undefined
var x=1,y=2; x
++y; [x,y] // -> [1, 3]
a:
for(;;){break
a} // -> undefined
throw
1 // -> syntax error 2:1
async
(x)
=> x // -> syntax error 3:1
a=1;a/*
*/++
b // -> throws ReferenceError
