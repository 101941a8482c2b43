// rule: r-source-text
"😀".length // -> 2
"😀"[0] === "\ud83d" // -> true
var await = 1; await // -> 1
var yield = 2; yield + 1 // -> 3
 // -> undefined
// differs: a source has at most so many bytes
var s = "«é x 33000»"; // -> syntax error 1:1: the script is larger than 65536 bytes
var s = "«é x 32000»"; s.length // -> 32000
