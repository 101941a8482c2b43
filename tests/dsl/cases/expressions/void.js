// rule: r-void
void 0 // -> undefined
var n = 0; [void n++, n] // -> [undefined, 1]
void nobody // -> throws ReferenceError
void 0 === undefined // -> true
typeof void 0 // -> "undefined"
(function () { return void 0 })() // -> undefined
