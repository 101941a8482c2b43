// rule: r-names
var $ = 1, _ = 2, $_a9 = 3; $ + _ + $_a9 // -> 6
var é = 1, 変数 = 2, ªº = 3, ℮ = 4; é + 変数 + ªº + ℮ // -> 10
var 𝒳 = 5; 𝒳 // -> 5
var \u0061b = 1; ab // -> 1
var a\u{62} = 2; ab + \u{61}\u0062 // -> 4
var a«U+200C»b = 1, a«U+200D»b = 2; a«U+200C»b + a«U+200D»b // -> 3
var e\u0301 = 1; typeof \u00e9 // -> "undefined"
var 1a = 1 // -> syntax error 1:6
var a\u0020b // -> syntax error 1:5
var \u0031a // -> syntax error 1:5
var a€ // -> syntax error 1:6
var \x61 = 1 // -> syntax error 1:5
var a\u{110000} // -> syntax error
var l\u0065t = 5; l\u0065t // -> 5
v\u0061r a // -> syntax error 1:1
({ \u0061: 1 }).a // -> 1
({ v\u0061r: 1 }).var // -> 1
var o={}; o.v\u0061r=2; o.var // -> 2
\u{61}b = 3; ab // -> 3
var a\u2E2F // -> syntax error 1:5
var \u2E2F // -> syntax error 1:5
var a·b = 1; a·b // -> 1
var ℘ = 1, ℮ = 2, ゛ = 3; ℘+℮+゛ // -> 6
var ᧚x // -> syntax error 1:5
var a᧚ = 1; a᧚ // -> 1
var 𠮷 = 9; 𠮷 // -> 9
var 𐊀 = 1 // -> undefined
var \ud842\udfb7 // -> syntax error 1:5
var \u{20BB7} = 4; 𠮷 // -> 4
var a\u200c = 1; a\u200c // -> 1
var \u200c // -> syntax error 1:5
