// rule: r-expression-statement
1 + 1; // -> 2
{} + 1 // -> 1
({}) + 1 // -> "[object Object]1"
function () {} // -> syntax error
let
[a] = [1]; a // -> 1
var let = 5; let + 1 // -> 6
