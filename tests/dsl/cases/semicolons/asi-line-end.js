// rule: r-asi-line-end
var a = 1
var b = 2
a + b // -> 3
1
2 // -> 2
var a = 1
+ 2
a // -> 3
var f = function () { return 5 }
f
(0) // -> 5
var a = 1
;[a] = [2]
a // -> 2
var a = [1]
[0] // -> undefined
1 2 // -> syntax error 1:3
if (1) 5
else 6 // -> 5
a
= 3
a // -> 3
var a
=
1; a // -> 1
var
a
b
= 2 // -> 2
{1 2} 3 // -> syntax error 1:4
{1
2} 3 // -> 3
var a=1
var b=a
(b) // -> throws TypeError
var a=1;var b=a
/1/g
b // -> throws ReferenceError
var o={}
[1] // -> undefined
var async; async
function f(){} // -> undefined
