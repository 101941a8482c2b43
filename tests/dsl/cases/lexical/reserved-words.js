// rule: r-reserved-words
var if = 1 // -> syntax error 1:5
var enum // -> syntax error 1:5
var v\u0061r // -> syntax error 1:5
var nul\u{6c} // -> syntax error 1:5
({if: 1, class: 2, null: 3}).class // -> 2
var o = {}; o.if = o.in = o.typeof = 4; o.in // -> 4
({ v\u0061r: 5 }).var // -> 5
var async = 1, get = 2, set = 3, of = 4, static = 5, let = 6; async + get + set + of + static + let // -> 21
var {if: x} = {if: 8}; x // -> 8
var {if} = {} // -> early error 1:6
true = 1 // -> early error
({ t\u0072ue }) // -> early error 1:4
tru\u0065 // -> syntax error 1:1
var yield = 1; yield
* 2 // -> 2
var await; await = 3 // -> 3
