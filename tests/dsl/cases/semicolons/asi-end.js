// rule: r-asi-end
1 + 1 // -> 2
var a = 2; a // -> 2
throw 1 // -> throws Error: 1
1 + // -> syntax error 1:4
