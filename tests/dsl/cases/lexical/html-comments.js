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
