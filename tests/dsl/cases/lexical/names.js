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
