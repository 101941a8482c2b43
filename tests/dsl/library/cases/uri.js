encodeURIComponent("a b&c/d?e=\u00e9\u20ac\ud83d\ude00~!*'()")  //=> "a%20b%26c%2Fd%3Fe%3D%C3%A9%E2%82%AC%F0%9F%98%80~!*'()"
encodeURI("http://x.y/a b?c=d&e#f[]%\u00e9;,:@+$")  //=> "http://x.y/a%20b?c=d&e#f%5B%5D%25%C3%A9;,:@+$"
encodeURIComponent("\ud83d")  //=> URIError!
encodeURIComponent("\ude00\ud83d")  //=> URIError!
encodeURI()  //=> "undefined"
decodeURIComponent("%41%C3%A9%F0%9F%98%80%2F%25")  //=> "Aé😀/%"
decodeURI("%41%2F%3f%23%C3%A9%24")  //=> "A%2F%3f%23é%24"
decodeURIComponent("%")  //=> URIError!
decodeURIComponent("%4")  //=> URIError!
decodeURIComponent("%GG")  //=> URIError!
decodeURIComponent("%C3%28")  //=> URIError!
decodeURIComponent("%ED%A0%80")  //=> URIError!
decodeURIComponent("%C0%80")  //=> URIError!
decodeURIComponent("%F4%90%80%80")  //=> URIError!
decodeURIComponent("%80")  //=> URIError!
decodeURIComponent("%E2%82")  //=> URIError!
decodeURI("%5B%5D%20")  //=> "[] "
escape("a b+c\u00e9\u20ac@*_-./")  //=> "a%20b+c%E9%u20AC@*_-./"
unescape("%u20AC%e9%zz%u12%41")  //=> "€é%zz%u12A"
[encodeURI.length, escape.name, unescape.length]  //=> [1, "escape", 1]
[typeof globalThis, globalThis.globalThis === globalThis, NaN !== NaN, Infinity, undefined]  //=> ["object", true, true, Infinity, undefined]
(function () { undefined = 1; NaN = 2; Infinity = 3; return [undefined, NaN, Infinity] })()  //=> [undefined, NaN, Infinity]
(function () { "use strict"; undefined = 1 })()  //=> TypeError!
typeof Symbol + typeof Proxy + typeof Promise + typeof eval + typeof BigInt + typeof Reflect  //=> "undefinedundefinedundefinedundefinedundefinedundefined"
