// rule: r-decodeURI
decodeURI("%41%2F%3f%23%C3%A9%24")  // -> "A%2F%3f%23é%24"
decodeURI("%5B%5D%20")  // -> "[] "

// rule: r-decodeURIComponent
decodeURIComponent("%41%C3%A9%F0%9F%98%80%2F%25")  // -> "Aé😀/%"
decodeURIComponent("%")  // -> throws URIError
decodeURIComponent("%4")  // -> throws URIError
decodeURIComponent("%GG")  // -> throws URIError
decodeURIComponent("%C3%28")  // -> throws URIError
decodeURIComponent("%ED%A0%80")  // -> throws URIError
decodeURIComponent("%C0%80")  // -> throws URIError
decodeURIComponent("%F4%90%80%80")  // -> throws URIError
decodeURIComponent("%80")  // -> throws URIError
decodeURIComponent("%E2%82")  // -> throws URIError

// rule: r-encodeURI
encodeURI("http://x.y/a b?c=d&e#f[]%\u00e9;,:@+$")  // -> "http://x.y/a%20b?c=d&e#f%5B%5D%25%C3%A9;,:@+$"
encodeURI()  // -> "undefined"

// rule: r-encodeURIComponent
encodeURIComponent("a b&c/d?e=\u00e9\u20ac\ud83d\ude00~!*'()")  // -> "a%20b%26c%2Fd%3Fe%3D%C3%A9%E2%82%AC%F0%9F%98%80~!*'()"
encodeURIComponent("\ud83d")  // -> throws URIError
encodeURIComponent("\ude00\ud83d")  // -> throws URIError

// rule: r-escape
escape("a b+c\u00e9\u20ac@*_-./")  // -> "a%20b+c%E9%u20AC@*_-./"

// rule: r-globalThis
[encodeURI.length, escape.name, unescape.length]  // -> [1, "escape", 1]
[typeof globalThis, globalThis.globalThis === globalThis, NaN !== NaN, Infinity, undefined]  // -> ["object", true, true, Infinity, undefined]
(function () { undefined = 1; NaN = 2; Infinity = 3; return [undefined, NaN, Infinity] })()  // -> [undefined, NaN, Infinity]
(function () { "use strict"; undefined = 1 })()  // -> throws TypeError
// differs: they are not in the language
typeof Symbol + typeof Proxy + typeof Promise + typeof eval + typeof BigInt + typeof Reflect  // -> "undefinedundefinedundefinedundefinedundefinedundefined"

// rule: r-isNaN
[isNaN("x"), isNaN("1"), isNaN(undefined), isFinite("12"), isFinite(Infinity), isFinite(null)]  // -> [true, false, true, true, false, true]

// rule: r-parseFloat
[parseFloat("3.14abc"), parseFloat(".5"), parseFloat("-.5e-1x"), parseFloat("Infinityx"), parseFloat("-0"), parseFloat("e5"), parseFloat("1e"), parseFloat("1e+"), parseFloat("0x10"), parseFloat("  7"), parseFloat("1_000"), parseFloat("-Infinity")]  // -> [3.14, 0.5, -0.05, Infinity, -0, NaN, 1, 1, 0, 7, 1, -Infinity]

// rule: r-parseInt
new parseInt("5")  // -> throws TypeError
[parseInt("12px"), parseInt("0x1f"), parseInt("1f", 16), parseInt(""), parseInt("z", 36), parseInt("10", 2), parseInt("9", 8), parseInt("-0"), parseInt(" \n42"), parseInt("0b1"), parseInt("1e3"), parseInt("12", 37), parseInt("12", 1), parseInt("0x"), parseInt(null), parseInt("9007199254740993"), parseInt("123", 10.9), parseInt("12", 4294967298)]  // -> [12, 31, 31, NaN, 35, 2, NaN, -0, 42, 0, 1, NaN, NaN, NaN, NaN, 9007199254740992, 123, 1]

// rule: r-unescape
unescape("%u20AC%e9%zz%u12%41")  // -> "€é%zz%u12A"
