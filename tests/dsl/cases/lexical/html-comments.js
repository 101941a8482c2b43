// rule: r-html-comments
1 <!-- a comment
// -> 1
--> a comment
2 // -> 2
/* a
*/ --> a comment
3 // -> 3
var a = 5; a --> 3 // -> true
1
--> rest ) } is a comment
+ 1 // -> 2
/* no line end */ --> a
4 // -> 4
1<!--2 // -> 1
1-->2 // -> early error 1:1
x=1;x-->0 // -> true
x=1;x
-->0 // -> 1
/*
*/-->a // -> undefined
/**/-->a // -> undefined
;-->a // -> syntax error 1:4
"use strict"; <!-- a
1 // -> 1
