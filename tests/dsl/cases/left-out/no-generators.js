// rule: r-no-generators
// differs: not in the language
function* g() {} // -> syntax error 1:9: generators are not part of the script language
// differs: not in the language
({ *g() {} }) // -> syntax error 1:4: generators are not part of the script language
yield 1 // -> syntax error: generators and `yield` are not part of the script language
// differs: not in the language
var g = function* () {} // -> syntax error: generators are not part of the script language
