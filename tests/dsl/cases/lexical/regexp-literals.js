// rule: r-regexp-literals
/a\/b[/]c/.source // -> "a\\/b[/]c"
1 / 2 / 4 // -> 0.125
var a = 4, g = 2; a /2/ g // -> 1
/=/.test("=") // -> true
var r = []; for (var i = 0; i < 2; i++) r.push(/a/g); r[0] === r[1] // -> false
/(/ // -> early error 1:1: Invalid regular expression: /(/: Unterminated group
/a/gg // -> early error 1:1
/a/q // -> early error 1:1
/a
/ // -> syntax error 1:1
/*a/ // -> syntax error 1:1
/[a/ // -> syntax error 1:1
+{} / 1 // -> NaN
{} /1/.source // -> "1"
(function () {} / 2) // -> NaN
/a/i
.test('A') // -> true
a = /=/
; a.test('=') // -> true
var g=2,i=1; 4
/2/g // -> 1
i = 5; i++ / 2 // -> 2.5
(1)/2 // -> 0.5
[4]/2 // -> 2
({})/1 // -> NaN
({}/1) // -> NaN
{}/1/g // -> /1/g
function f(){}/1/g // -> /1/g
x = function(){}/1 // -> NaN
if(1)/a/.test('a') // -> true
while(0)/a/;1 // -> 1
typeof/a/ // -> "object"
void/a/ // -> undefined
return_ = 1; return_/1 // -> 1
(function(){return/a/.source})() // -> "a"
`${1}`/1 // -> 1
