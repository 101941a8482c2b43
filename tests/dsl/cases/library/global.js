// rule: r-globalThis
[encodeURI.length, escape.name, unescape.length]  // -> [1, "escape", 1]
[typeof globalThis, globalThis.globalThis === globalThis, NaN !== NaN, Infinity, undefined]  // -> ["object", true, true, Infinity, undefined]
(function () { undefined = 1; NaN = 2; Infinity = 3; return [undefined, NaN, Infinity] })()  // -> [undefined, NaN, Infinity]
(function () { "use strict"; undefined = 1 })()  // -> throws TypeError
// differs: they are not in the language
typeof Symbol + typeof Proxy + typeof Promise + typeof eval + typeof BigInt + typeof Reflect  // -> "undefinedundefinedundefinedundefinedundefinedundefined"

// rule: r-undefined
undefined === void 0 // -> true
undefined = 1; undefined // -> undefined
[delete globalThis.undefined, typeof undefined] // -> [false, "undefined"]
undefined = 1; NaN = 2; Infinity = 3; [typeof undefined, NaN, Infinity].join() // -> "undefined,NaN,Infinity"
'use strict'; try { undefined = 1; } catch (e) { e.name } // -> "TypeError"

// rule: r-NaN
NaN === NaN // -> false
typeof NaN // -> "number"
NaN = 1; NaN // -> NaN
"use strict"; NaN = 1 // -> throws TypeError
'use strict'; try { globalThis.NaN = 1; } catch (e) { e.name } // -> "TypeError"

// rule: r-Infinity
[Infinity, -Infinity, 1 / Infinity] // -> [Infinity, -Infinity, 0]
Infinity = 1; Infinity // -> Infinity
"use strict"; delete globalThis.Infinity // -> throws TypeError

// rule: r-isFinite
[1, "12", null, "", true].map(v => isFinite(v)) // -> [true, true, true, true, true]
[NaN, Infinity, -Infinity, "x", undefined, {}].map(v => isFinite(v)) // -> [false, false, false, false, false, false]
isFinite() // -> false
isFinite({valueOf() { throw new RangeError("v") }}) // -> throws RangeError
(function () { return isFinite('5') + Number.MAX_SAFE_INTEGER })() // -> 9007199254740992

// rule: r-isNaN
[isNaN("x"), isNaN("1"), isNaN(undefined), isFinite("12"), isFinite(Infinity), isFinite(null)]  // -> [true, false, true, true, false, true]
isNaN({}) // -> true
isNaN() // -> true
isNaN(Object.create(null)) // -> throws TypeError
(function () { return isNaN('x') && !isNaN('') && isFinite(null) })() // -> true

// rule: r-parseFloat
[parseFloat("3.14abc"), parseFloat(".5"), parseFloat("-.5e-1x"), parseFloat("Infinityx"), parseFloat("-0"), parseFloat("e5"), parseFloat("1e"), parseFloat("1e+"), parseFloat("0x10"), parseFloat("  7"), parseFloat("1_000"), parseFloat("-Infinity")]  // -> [3.14, 0.5, -0.05, Infinity, -0, NaN, 1, 1, 0, 7, 1, -Infinity]
parseFloat("1.5.5") // -> 1.5
parseFloat("\u2028 -3e-2%") // -> -0.03
parseFloat() // -> NaN
parseFloat("1e1000") // -> Infinity
parseFloat({toString: () => "7x"}) // -> 7
parseFloat("1.2.3") // -> 1.2
parseFloat(".e1") // -> NaN
parseFloat("-.5e+3x") // -> -500
parseFloat("1e-400") // -> 0

// rule: r-parseInt
new parseInt("5")  // -> throws TypeError
[parseInt("12px"), parseInt("0x1f"), parseInt("1f", 16), parseInt(""), parseInt("z", 36), parseInt("10", 2), parseInt("9", 8), parseInt("-0"), parseInt(" \n42"), parseInt("0b1"), parseInt("1e3"), parseInt("12", 37), parseInt("12", 1), parseInt("0x"), parseInt(null), parseInt("9007199254740993"), parseInt("123", 10.9), parseInt("12", 4294967298)]  // -> [12, 31, 31, NaN, 35, 2, NaN, -0, 42, 0, 1, NaN, NaN, NaN, NaN, 9007199254740992, 123, 1]
parseInt("2", 2) // -> NaN
parseInt("-0x10") // -> -16
parseInt("1e3") // -> 1
parseInt(null, 36) // -> 1112745
parseInt("ff", "16") // -> 255
parseInt("0b11") // -> 0
parseInt("  -12abc") // -> -12
parseInt("1".repeat(400)) // -> Infinity
parseInt("9007199254740993") // -> 9007199254740992
parseInt("0x1fffffffffffff8") // -> 144115188075855870
parseInt("123",5) // -> 38
(function () { return [parseInt('12px'), parseFloat('3.5e2x'), Number('0b101'), Number(''), (255).toString(16), (0.5).toFixed(2), (1234.5678).toFixed(1)] })() // -> [12, 350, 5, 0, "ff", "0.50", "1234.6"]
(function () { return [parseInt('0x1f'), parseInt('08'), parseInt(''), parseInt('12abc'), parseInt(' -5'), parseInt('101', 2), parseInt('z', 36), parseInt(null), parseInt('1e3'), parseInt(1e21), parseInt(0.0000005)] })() // -> [31, 8, NaN, 12, -5, 5, 35, NaN, 1, 1, 5]
(function () { return ['1', '2', '3'].map(parseInt) })() // -> [1, NaN, NaN]

// rule: r-encodeURI
encodeURI("http://x.y/a b?c=d&e#f[]%\u00e9;,:@+$")  // -> "http://x.y/a%20b?c=d&e#f%5B%5D%25%C3%A9;,:@+$"
encodeURI()  // -> "undefined"
encodeURI("a b?x=ä#1") // -> "a%20b?x=%C3%A4#1"
encodeURI("\udc00") // -> throws URIError
encodeURI('%20 é') // -> "%2520%20%C3%A9"

// rule: r-encodeURIComponent
encodeURIComponent("a b&c/d?e=\u00e9\u20ac\ud83d\ude00~!*'()")  // -> "a%20b%26c%2Fd%3Fe%3D%C3%A9%E2%82%AC%F0%9F%98%80~!*'()"
encodeURIComponent("\ud83d")  // -> throws URIError
encodeURIComponent("\ude00\ud83d")  // -> throws URIError
encodeURIComponent('\ud83d\ude00') // -> "%F0%9F%98%80"
encodeURIComponent('\ud83d') // -> throws URIError
encodeURIComponent("-_.!~*'();/?:@&=+$,# ") // -> "-_.!~*'()%3B%2F%3F%3A%40%26%3D%2B%24%2C%23%20"
(function () { return [escape_(), 1]; function escape_() { return encodeURIComponent('é&') } })() // -> ["%C3%A9%26", 1]

// rule: r-decodeURI
decodeURI("%41%2F%3f%23%C3%A9%24")  // -> "A%2F%3f%23é%24"
decodeURI("%5B%5D%20")  // -> "[] "
decodeURI("%2") // -> throws URIError
decodeURI("%3B%2f") // -> "%3B%2f"
decodeURI('%2f%C3%A9') // -> "%2fé"
decodeURI('%25') // -> "%"

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
decodeURIComponent('%E4%BD%A0') // -> "你"
decodeURIComponent('%F0%9F%98%80') // -> "😀"
decodeURIComponent('%ed%a0%80') // -> throws URIError
decodeURIComponent('%C2') // -> throws URIError
decodeURIComponent('%C2%') // -> throws URIError

// rule: r-escape
escape("a b+c\u00e9\u20ac@*_-./")  // -> "a%20b+c%E9%u20AC@*_-./"
escape("\ud83d\ude00") // -> "%uD83D%uDE00"
escape() // -> "undefined"
escape("ü+/") // -> "%FC+/"
escape('\u0100é +/@*_-.') // -> "%u0100%E9%20+/@*_-."

// rule: r-unescape
unescape("%u20AC%e9%zz%u12%41")  // -> "€é%zz%u12A"
unescape("%uD83D%uDE00") // -> "😀"
unescape("%") // -> "%"
unescape("%zz%4") // -> "%zz%4"
unescape('%u0100%E9%20%') // -> "Āé %"
