// rule: r-String
[String(), String(null), String(undefined), String(1e21), String(-0), String([1, [2]]), String({})]  // -> ["", "null", "undefined", "1e+21", "0", "1,2", "[object Object]"]
new String("ab").length  // -> 2
typeof new String("ab")  // -> "object"
[String.length, String.name]  // -> [1, "String"]
"abc"[1]  // -> "b"
"abc"["length"]  // -> 3
["abc".hasOwnProperty(1), "abc".hasOwnProperty("length"), "abc".hasOwnProperty(3)]  // -> [true, true, false]

// rule: r-String.fromCharCode
String.fromCharCode(65, 0x10041, -1 >>> 0 & 0xffff).length  // -> 3
String.fromCharCode(72, "105", 65536 + 33)  // -> "Hi!"
String.fromCharCode() // -> ""
String.fromCharCode(0xd83d, 0xde00) // -> "😀"
String.fromCharCode("x") // -> "\u0000"

// rule: r-String.fromCodePoint
String.fromCodePoint(0x1f600, 97)  // -> "😀a"
String.fromCodePoint(-1)  // -> throws RangeError
String.fromCodePoint(1.5)  // -> throws RangeError
String.fromCodePoint("_")  // -> throws RangeError
String.fromCodePoint(0x10FFFF).length // -> 2

// rule: r-String.raw
String.raw({raw: ["a", "b", "c"]}, 1, 2, 3)  // -> "a1b2c"
String.raw`a\n${1}b`  // -> "a\\n1b"
String.raw({raw: "xyz"}, 0, 1)  // -> "x0y1z"
String.raw({})  // -> throws TypeError
String.raw({raw: {length: 0}})  // -> ""
String.raw`\u{zz}${1}\x` // -> "\\u{zz}1\\x"

// rule: r-String.prototype.length
["".length, "é😀".length, String.prototype.length] // -> [0, 3, 0]
var s = "ab"; s.length = 5; s.length // -> 2
"use strict"; "ab".length = 5 // -> throws TypeError
"a\u0000b".length // -> 3

// rule: r-String.prototype.anchor
"abc".anchor('"x"')  // -> "<a name=\"&quot;x&quot;\">abc</a>"
"a".anchor() // -> "<a name=\"undefined\">a</a>"
"a".anchor("x&\"") // -> "<a name=\"x&&quot;\">a</a>"
"".anchor.call(null, "x") // -> throws TypeError
"abc".anchor('a"b') // -> "<a name=\"a&quot;b\">abc</a>"

// rule: r-String.prototype.at
"abc".at(-1)  // -> "c"
["abc".at(5), "abc".at(), "abc".at("1")]  // -> [undefined, "a", "b"]
"😀".at(0) // -> "\ud83d"
"".at.call(null, 0) // -> throws TypeError
"abc".at(-4) // -> undefined

// rule: r-String.prototype.big
"a".big() // -> "<big>a</big>"
"".big.call(5) // -> "<big>5</big>"
"".big.call(undefined) // -> throws TypeError

// rule: r-String.prototype.blink
"a".blink() // -> "<blink>a</blink>"
"<".blink() // -> "<blink><</blink>"
"".blink.call(null) // -> throws TypeError

// rule: r-String.prototype.bold
["a".bold(), "a".fontcolor("red"), "a".link("u")]  // -> ["<b>a</b>", "<font color=\"red\">a</font>", "<a href=\"u\">a</a>"]
"a".bold() // -> "<b>a</b>"
"".bold.call(null) // -> throws TypeError

// rule: r-String.prototype.charAt
["abc".charAt(1), "abc".charAt(-1), "abc".charAt(NaN), "abc".charAt(9)]  // -> ["b", "", "a", ""]
"abc".charAt() // -> "a"
"abc".charAt(1.9) // -> "b"
"".charAt.call(undefined) // -> throws TypeError

// rule: r-String.prototype.charCodeAt
["abc".charCodeAt(1), "abc".charCodeAt(3), "abc".charCodeAt(-1)]  // -> [98, NaN, NaN]
"😀".charCodeAt(1) // -> 56832
"".charCodeAt(0) // -> NaN
"".charCodeAt.call(null) // -> throws TypeError

// rule: r-String.prototype.codePointAt
["\ud83d\ude00".codePointAt(0), "\ud83d\ude00".codePointAt(1), "a".codePointAt(1), "\ud83da".codePointAt(0)]  // -> [128512, 56832, undefined, 55357]
"z".codePointAt(Infinity)  // -> undefined
"".codePointAt.call(null) // -> throws TypeError
"a".codePointAt(1) // -> undefined
(function () { return "😀".codePointAt(0) })() // -> 128512

// rule: r-String.prototype.concat
"a".concat(1, null, undefined, [2])  // -> "a1nullundefined2"
[String.prototype.concat.length, String.prototype.replace.length, String.prototype.split.length, String.fromCharCode.length]  // -> [1, 2, 2, 1]
"".concat.call(null) // -> throws TypeError
"x".concat({},[],null) // -> "x[object Object]null"
(function () { return 'x'.concat(1, null, undefined, [2]) })() // -> "x1nullundefined2"

// rule: r-String.prototype.endsWith
["abc".endsWith("c"), "abc".endsWith("b", 2), "abc".endsWith("", 0), "abc".endsWith("abcd"), "abc".endsWith("a", NaN)]  // -> [true, true, true, false, false]
"abc".endsWith(/c/)  // -> throws TypeError
"abc".endsWith("b", 2) // -> true
"abc".endsWith(/c/) // -> throws TypeError
"abc".endsWith("") // -> true

// rule: r-String.prototype.equals
// differs: ours alone
"abc".equals("abc") // -> true
// differs: ours alone
["a".equals("b"), "1".equals(1), "null".equals(null), "".equals()] // -> [false, false, false, false]
// differs: ours alone
"a".equals(new String("a")) // -> false
// differs: ours alone
new String("a").equals("a") // -> true
"".equals.call(null, "a") // -> throws TypeError

// rule: r-String.prototype.fixed
"a".fixed() // -> "<tt>a</tt>"
"".fixed.call(true) // -> "<tt>true</tt>"
"".fixed.call(null) // -> throws TypeError

// rule: r-String.prototype.fontcolor
"a".fontcolor("red") // -> "<font color=\"red\">a</font>"
"a".fontcolor('"') // -> "<font color=\"&quot;\">a</font>"
"".fontcolor.call(null) // -> throws TypeError

// rule: r-String.prototype.fontsize
"a".fontsize(7) // -> "<font size=\"7\">a</font>"
"a".fontsize() // -> "<font size=\"undefined\">a</font>"
"".fontsize.call(undefined) // -> throws TypeError

// rule: r-String.prototype.includes
["abc".includes("b"), "abc".includes("a", 1), "abc".includes(""), "abc".includes("", 9)]  // -> [true, false, true, true]
"abc".includes(/b/)  // -> throws TypeError
"abc".includes("c", 2) // -> true
"abc".includes(/b/) // -> throws TypeError
"undefined".includes() // -> true

// rule: r-String.prototype.indexOf
["abcabc".indexOf("c"), "abcabc".indexOf("c", 3), "abc".indexOf(""), "abc".indexOf("", 9), "abc".indexOf("a", -5), "undefined".indexOf()]  // -> [2, 5, 0, 3, 0, 0]
"abcabc".indexOf("c", 3) // -> 5
"abc".indexOf("", 9) // -> 3
"abc".indexOf("B") // -> -1
"".indexOf.call(null, "a") // -> throws TypeError
"abc".indexOf("",10) // -> 3

// rule: r-String.prototype.isWellFormed
["a😀".isWellFormed(), "".isWellFormed(), "\ud83d".isWellFormed(), "\ude00\ud83d".isWellFormed()] // -> [true, true, false, false]
"".isWellFormed.call(5) // -> true
"".isWellFormed.call(null) // -> throws TypeError

// rule: r-String.prototype.italics
"a".italics() // -> "<i>a</i>"
"".italics.call(1) // -> "<i>1</i>"
"".italics.call(null) // -> throws TypeError

// rule: r-String.prototype.lastIndexOf
"aaa".lastIndexOf("a", /b/)  // -> 2
["abcabc".lastIndexOf("c"), "abcabc".lastIndexOf("c", 4), "abc".lastIndexOf(""), "abc".lastIndexOf("", 1), "abc".lastIndexOf("a", -1), "abc".lastIndexOf("c", NaN), "abc".lastIndexOf("abcd")]  // -> [5, 2, 3, 1, 0, 2, -1]
"abc".lastIndexOf("b", "1")  // -> 1
"abcabc".lastIndexOf("c",-1) // -> -1
"abc".lastIndexOf("") // -> 3

// rule: r-String.prototype.link
"a".link("u?x=1&y") // -> "<a href=\"u?x=1&y\">a</a>"
"a".link('"') // -> "<a href=\"&quot;\">a</a>"
"".link.call(null) // -> throws TypeError

// rule: r-String.prototype.localeCompare
["a".localeCompare("a"), "a".localeCompare("b"), "b".localeCompare("a"), "\u0061\u030a".localeCompare("\u00e5")]  // -> [0, -1, 1, 0]
["a".localeCompare("B"), "A".localeCompare("a"), "\u00e9".localeCompare("f")]  // -> [-1, 1, -1]
"x".localeCompare()  // -> 1
"a".localeCompare("b") // -> -1

// rule: r-String.prototype.match
"aBc".match(/b/i)[0]  // -> "B"
"abcabc".match(/b/g)  // -> ["b", "b"]
"abc".match(/x/g)  // -> null
"abc".match(/(b)(x)?/)  // -> ["b", "b", undefined]
"abc".match(/(?<y>b)/).groups.y  // -> "b"
"abc".match("b").index  // -> 1
"abc".match().length  // -> 1
"a.c".match(".")[0]  // -> "a"
var r = /a(b)?/g; ['abaab'.match(r).join(), r.lastIndex].join('|') // -> "ab,a,ab|0"
var r = /x/y; r.lastIndex = 1; ['ax'.match(r)[0], r.lastIndex, 'ab'.match(r), r.lastIndex].join('|') // -> "x|2||0"
var r = /a/g; r.exec = RegExp.prototype.exec; r.lastIndex = 2; ['aba'.match(r).join(), r.lastIndex].join('|') // -> "a,a|0"
var r = /(?:)/g; r.exec = function (t) { return RegExp.prototype.exec.call(this, t); }; 'ab'.match(r).length // -> 3
"abc".match(/(?:)/g) // -> ["", "", "", ""]
"abc".match(/z/g) // -> null
'a.b'.match('.').index // -> 0
'aaa'.match(/a/gy) // -> ["a", "a", "a"]

// rule: r-String.prototype.matchAll
[..."a1b2".matchAll(/[a-z](\d)/g)].map(m => [m[0], m[1], m.index])  // -> [["a1", "1", 0], ["b2", "2", 2]]
"a".matchAll(/a/)  // -> throws TypeError
[..."aXbX".matchAll("X")].map(m => m.index)  // -> [1, 3]
try { var r = /a/g; r.constructor = 5; 'a'.matchAll(r); } catch (e) { e.name } // -> "TypeError"
try { 'a'.matchAll(/a/); } catch (e) { e.name } // -> "TypeError"
[...'a1b2'.matchAll(/[a-z](\d)/g)].map(function (m) { return m.index + m[1]; }).join() // -> "01,22"
[...'a1b22'.matchAll(/\d+/g)].map(m => m[0] + m.index) // -> ["11", "223"]
var r = /a/g; r.lastIndex = 1; [...'aaa'.matchAll(r)].length + r.lastIndex // -> 3

// rule: r-String.prototype.normalize
"\u0041\u030a".normalize().length  // -> 1
"\u1e9b\u0323".normalize("NFKD").length  // -> 3
"a".normalize("x")  // -> throws RangeError
"\ud83d".normalize()  // -> "\ud83d"
"\u1E9B\u0323".normalize("NFKD").length // -> 3

// rule: r-String.prototype.padEnd
["ab".padEnd(5), "ab".padEnd(5, "xyz"), "ab".padEnd(1), "ab".padEnd(5, "")]  // -> ["ab   ", "abxyz", "ab", "ab"]
"\ud800".padEnd(3, "\udc00").length  // -> 3
"a".padEnd(4, "xy") // -> "axyx"
"abc".padEnd(2) // -> "abc"
"".padEnd.call(null, 2) // -> throws TypeError
"abc".padEnd(2) // -> "abc"

// rule: r-String.prototype.padStart
["ab".padStart(5, "12"), "ab".padStart(4, undefined), "ab".padStart(4, null)]  // -> ["121ab", "  ab", "nuab"]
"5".padStart(3, 0) // -> "005"
"a".padStart(5, "") // -> "a"
"".padStart.call(undefined, 2) // -> throws TypeError
"abc".padStart(6,"12345") // -> "123abc"

// rule: r-String.prototype.repeat
["ab".repeat(2), "ab".repeat(0), "ab".repeat(2.9), "".repeat(2147483648)]  // -> ["abab", "", "abab", ""]
"a".repeat(-1)  // -> throws RangeError
"a".repeat(Infinity)  // -> throws RangeError
"a".repeat(0) // -> ""

// rule: r-String.prototype.replace
"abc".replace(/b/, "$`|$'")  // -> "aa|cc"
(function () { var r = /a(?<n>b)?/g; return "ab a".replace(r, (m, n, i, s, g) => [m, n, i, g.n].join("/")) })()  // -> "ab/b/0/b a//3/"
(function () { return "abc".replace(/(?<a>b)/, "[$<a>]$<") })()  // -> "a[b]$<c"
"abc".replace("b", "[$&$`$'$$$1]")  // -> "a[bac$$1]c"
"abc".replace("b", (m, i, s) => [m, i, s].join("|"))  // -> "ab|1|abcc"
"aaa".replace("a", "b")  // -> "baa"
"abc".replace("", "_")  // -> "_abc"
(function () {
  var log = [], n = 0, r = /x/g;
  r.exec = function () {
    log.push("exec");
    return n++ < 2 ? {0: "b", index: n, length: 1, groups: {get: n}, valueOf: 0} : null;
  };
  var text = "abcd".replace(r, function (match, place) { log.push(place); return "-" });
  return [text, log];
})() // -> ["a--d", ["exec", "exec", "exec", 1, 2]]
"abc".replace("x", "y")  // -> "abc"
"abc".replace(/(b)(c)?/, "[$1$2$3$10$01]")  // -> "a[bc$3b0b]"
"abc".replace(/(?<n>b)/, "<$<n>$<x>>")  // -> "a<b>c"
"abc".replace(/(b)/, "$<n>")  // -> "a$<n>c"
"aaa".replace(/a/g, (m, i) => i)  // -> "012"
"aaa".replace(/a/gy, "b")  // -> "bbb"
"baa".replace(/a/gy, "b")  // -> "baa"
"abc".replace(/(?:)/g, "-")  // -> "-a-b-c-"
"\ud83d\ude00".replace(/(?:)/gu, "-")  // -> "-😀-"
"abc".replace(/(?<x>b)/, (...a) => typeof a[a.length - 1] + a.length)  // -> "aobject5c"
"x".replace("x", "$0$00$1")  // -> "$0$00$1"
"aBc".replace(/b/i, x => x.toUpperCase() + "!")  // -> "aB!c"
"2020-01-02".replace(/(\d+)-(\d+)-(\d+)/, "$3/$2/$1")  // -> "02/01/2020"
'aXbXc'.replace(/x/gi, function (m, at, whole) { return '[' + m + at + whole.length + ']'; }) // -> "a[X15]b[X35]c"
'2026-11-24'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y> $$ $& $1 $9') // -> "11/2026 $ 2026-11 2026 $9-24"
'abc'.replace(/(?<x>b)/, function () { var g = arguments[arguments.length - 1]; return g.x.toUpperCase(); }) // -> "aBc"
var r = /b?/gu; r.exec = function (t) { return RegExp.prototype.exec.call(this, t); }; 'a\ud83d\ude00b'.replace(r, '-') // -> "-a-😀--"
var n = 0, r = /a/; r.exec = function () { n++; return {index: 1, 0: 'x', length: 1, groups: 5}; }; ['axa'.replace(r, '[$&]'), n].join() // -> "a[x]a,1"
var r = /a/; r.exec = function () { return {index: 0, 0: 'a', length: 1, groups: 'ab'}; }; 'a'.replace(r, '$<length>') // -> "2"
"abc".replace("b","$0$1$$$&$`$'") // -> "a$0$1$bacc"
"abc".replace(/(.)(.)/,"$2$1$3$03$10") // -> "ba$3$03a0c"
"abc".replace(/(?<x>b)/,"$<x>$<y>$<") // -> "ab$<c"
"aaa".replace(/a/g,()=>'$&') // -> "$&$&$&"
"abc".replace(/b/,undefined) // -> "aundefinedc"
"abc".replace(undefined,'x') // -> "abc"
"undefined".replace() // -> "undefined"
'aBc'.replace(/b/gi, x => x + x) // -> "aBBc"
'abc'.replace(/(?<n>b)/, (...a) => JSON.stringify(a)) // -> "a[\"b\",\"b\",1,\"abc\",{\"n\":\"b\"}]c"
'abc'.replace(/b/g, '$`$&') // -> "aabc"
'x'.replace(/x/, '$1') // -> "$1"
'x'.replace(/(x)/, '$01$10$2') // -> "xx0$2"
'aaa'.replace(/a/y, 'b') // -> "baa"
'aaa'.replace(/a/gy, 'b') // -> "bbb"
'baa'.replace(/a/gy, 'x') // -> "baa"
var r = /a/g; r.exec = () => null; 'a'.replace(r, 'b') // -> "a"
(function () { return 'a1b22'.replace(/\d+/g, m => '<' + m + '>') })() // -> "a<1>b<22>"
(function () { return 'aXbX'.replace('X', '$&$&') + 'abc'.replace(/(b)/, '[$1]') })() // -> "aXXbXa[b]c"

// rule: r-String.prototype.replaceAll
"a.b.c".replaceAll(".", "-")  // -> "a-b-c"
"aaa".replaceAll("", "_")  // -> "_a_a_a_"
"aaa".replaceAll("aa", m => m.length)  // -> "2a"
"aaa".replaceAll(/a/, "b")  // -> throws TypeError
"aaa".replaceAll(/a/g, "$&$&")  // -> "aaaaaa"
"abc".replaceAll("b", undefined)  // -> "aundefinedc"
"abc".replaceAll(/b/g,'x') // -> "axc"

// rule: r-String.prototype.search
(function () { var r = /x/g; r.lastIndex = 3; return ["axbx".search(r), r.lastIndex] })()  // -> [1, 3]
"abc".search(/c/)  // -> 2
"abc".search("x")  // -> -1
"abc".search()  // -> 0
'aaa'.search(/b/) + '|' + 'xab'.search(/a(?=b)/) // -> "-1|1"
"aBc".search(/b/i) // -> 1
'abc'.search({toString() { return 'c' }}) // -> 2
var r=/a/y; r.lastIndex=3; ['aaa'.search(r), r.lastIndex] // -> [0, 3]

// rule: r-String.prototype.slice
["abc".slice(1), "abc".slice(-2), "abc".slice(2, 1), "abc".slice(0, -1), "abc".slice(NaN, undefined)]  // -> ["bc", "bc", "", "ab", "abc"]
String.prototype.slice.call([1, 2], 1)  // -> ",2"
"abc".slice(-2) // -> "bc"
"abc".slice(2, 1) // -> ""
"".slice.call(null) // -> throws TypeError
"abc".slice(2,-1) // -> ""

// rule: r-String.prototype.small
"a".small() // -> "<small>a</small>"
"".small.call([1]) // -> "<small>1</small>"
"".small.call(null) // -> throws TypeError

// rule: r-String.prototype.split
"a,b;c".split(/[,;]/)  // -> ["a", "b", "c"]
["a,b,c".split(","), "abc".split(""), "abc".split(), "".split(""), "".split(","), "abc".split("", 2), "a,b".split(",", 0), "a,b,c".split(",", -1)]  // -> [["a", "b", "c"], ["a", "b", "c"], ["abc"], [], [""], ["a", "b"], [], ["a", "b", "c"]]
"aXbxc".split(/x/i)  // -> ["a", "b", "c"]
"a1b2c".split(/(\d)/)  // -> ["a", "1", "b", "2", "c"]
"abc".split(/(?:)/)  // -> ["a", "b", "c"]
"".split(/a/)  // -> [""]
"".split(/(?:)/)  // -> []
"A<B>bold</B>and<CODE>coded</CODE>".split(/<(\/)?([^<>]+)>/)  // -> ["A", undefined, "B", "bold", "/", "B", "and", undefined, "CODE", "coded", "/", "CODE", ""]
"ab".split(/(?:)/u, 1)  // -> ["a"]
"\ud83d\ude00x".split(/(?:)/u)  // -> ["😀", "x"]
"test".split(/(?:)/, -1)  // -> ["t", "e", "s", "t"]
"abc".split(/b|(c)/)  // -> ["a", undefined, "", "c", ""]
"ab".split(/a*?/)  // -> ["a", "b"]
"ab".split(/a*/)  // -> ["", "b"]
"a-b_c".split(/[-_]/)  // -> ["a", "b", "c"]
'abc'.split(/(b)/).join('|') + '#' + 'abc'.split('', 2).join('|') + '#' + 'abc'.split(/b/, 0).length + '#' + ''.split(/x/).length + '#' + ''.split(/(?:)/).length // -> "a|b|c#a|b#0#1#0"
"abc".split("",2) // -> ["a", "b"]
"abc".split(undefined) // -> ["abc"]
"abc".split() // -> ["abc"]
"abc".split("b",undefined) // -> ["a", "c"]
"a,b,c".split(",",-1) // -> ["a", "b", "c"]
"".split("") // -> []
"".split(",") // -> [""]
"test".split(/(t)/) // -> ["", "t", "es", "t", ""]
"A<B>bold</B>".split(/<(\/)?([^<>]+)>/) // -> ["A", undefined, "B", "bold", "/", "B", ""]
'abcabc'.split(/(?=b)/) // -> ["a", "bca", "bc"]
'abc'.split(/(?:)/u) // -> ["a", "b", "c"]
'😀b'.split(/(?:)/u) // -> ["😀", "b"]
'abc'.split(/$/) // -> ["abc"]
'ab'.split(/a*?/) // -> ["a", "b"]
'ab'.split(/a*/) // -> ["", "b"]
'abc'.split(/(b)/y) // -> ["a", "b", "c"]
'aXbxc'.split(/x/i, 2) // -> ["a", "b"]
(function () { return 'abc'.toUpperCase().split('').reverse().join('-') })() // -> "C-B-A"
(function () { return "a-b-c".split("-", 2) })() // -> ["a", "b"]
(function () { return 'a😀b'.split('') })() // -> ["a", "\ud83d", "\ude00", "b"]

// rule: r-String.prototype.startsWith
["abc".startsWith("b", 1), "abc".startsWith("", 9), "abc".startsWith("abcd")]  // -> [true, true, false]
"a".startsWith(/a/)  // -> throws TypeError
"abc".startsWith("b", 1) // -> true
"abc".startsWith(/a/) // -> throws TypeError
"abc".startsWith("abcd") // -> false

// rule: r-String.prototype.strike
"a".strike() // -> "<strike>a</strike>"
"".strike() // -> "<strike></strike>"
"".strike.call(null) // -> throws TypeError

// rule: r-String.prototype.sub
"a".sub() // -> "<sub>a</sub>"
"2".sub().length // -> 12
"".sub.call(null) // -> throws TypeError

// rule: r-String.prototype.substr
["abc".substr(1), "abc".substr(-2, 1), "abc".substr(1, -1), "abc".substr(0, Infinity), "abc".substr(-9, 2)]  // -> ["bc", "b", "", "abc", "ab"]
"abc".substr(1, 1) // -> "b"
"abc".substr(-2) // -> "bc"
"abc".substr(0, -1) // -> ""
"".substr.call(null) // -> throws TypeError
"abc".substr(-2,1) // -> "b"

// rule: r-String.prototype.substring
["abc".substring(2, 0), "abc".substring(-1, 2), "abc".substring(NaN, 9), "abc".substring(1)]  // -> ["ab", "ab", "abc", "bc"]
"abcd".substring(3, 1)  // -> "bc"
"abc".substring(NaN, 2) // -> "ab"
"abc".substring(-5) // -> "abc"
"".substring.call(undefined) // -> throws TypeError
"abc".substring(2,0) // -> "ab"

// rule: r-String.prototype.sup
"a".sup() // -> "<sup>a</sup>"
"".sup.call(2) // -> "<sup>2</sup>"
"".sup.call(undefined) // -> throws TypeError

// rule: r-String.prototype.toLocaleLowerCase
// differs: locales are not told apart
"I".toLocaleLowerCase("tr")  // -> "i"
"ÄB".toLocaleLowerCase() // -> "äb"
"".toLocaleLowerCase.call(null) // -> throws TypeError

// rule: r-String.prototype.toLocaleUpperCase
"äß".toLocaleUpperCase() // -> "ÄSS"
// differs: one form for every locale
"i".toLocaleUpperCase("tr") // -> "I"
"".toLocaleUpperCase.call(null) // -> throws TypeError

// rule: r-String.prototype.toLowerCase
"A\u0130\u00df".toLowerCase().length  // -> 4
"\u03a3\u0391\u03a3 \u03a3".toLowerCase()  // -> "σας σ"
"\ud801\udc00".toLowerCase() === "\ud801\udc28"  // -> true
"\u1c89\ua7dc\u{16ea0}".toLowerCase() === "\u1c8a\u019b\u{16ebb}" // -> true

// rule: r-String.prototype.toString
RegExp.prototype.toString.call({source: "s", flags: "f"})  // -> "/s/f"
[/a/ instanceof RegExp, typeof /a/, Object.prototype.toString.call(RegExp.prototype)]  // -> [true, "object", "[object Object]"]
["x".toString(), new String("x").valueOf()]  // -> ["x", "x"]
String.prototype.toString.call({})  // -> throws TypeError

// rule: r-String.prototype.toUpperCase
"\u00df\ufb00i\u0149".toUpperCase()  // -> "SSFFIʼN"
"aéß😀".toUpperCase() // -> "AÉSS😀"
"ﬁ".toUpperCase() // -> "FI"
"\u0264\ua7cd\u{10d70}".toUpperCase() === "\ua7cb\ua7cc\u{10d50}" // -> true
"".toUpperCase.call(undefined) // -> throws TypeError
"ß".toUpperCase() + "İ".toLowerCase().length + "ŉ".toUpperCase() + "Σ".toLowerCase() + "ΑΣ".toLowerCase() // -> "SS2ʼNσας"

// rule: r-String.prototype.toWellFormed
"a\ud83db\ude00😀".toWellFormed() === "a\ufffdb\ufffd😀" // -> true
"ab".toWellFormed() // -> "ab"
"".toWellFormed.call(undefined) // -> throws TypeError

// rule: r-String.prototype.trim
["\ufeff\u00a0 a \u2028\n".trim(), " a ".trimStart(), " a ".trimEnd(), "\u180ea".trim().length, "\u200b".trim().length]  // -> ["a", "a ", " a", 2, 1]
String.prototype.trim.call(null)  // -> throws TypeError
String.prototype.trim.call(5)  // -> "5"
" \t\n\v\f\r\u00a0\ufeff\u2028\u2029x".trim().length // -> 1

// rule: r-String.prototype.trimEnd
[String.prototype.trimLeft.name, String.prototype.trimRight === String.prototype.trimEnd]  // -> ["trimStart", true]
" a\n".trimEnd() // -> " a"
"a\u200b".trimEnd().length // -> 2
"".trimEnd.call(null) // -> throws TypeError

// rule: r-String.prototype.trimLeft
"".trimLeft === "".trimStart // -> true
" a ".trimLeft() // -> "a "
"".trimLeft.call(null) // -> throws TypeError

// rule: r-String.prototype.trimRight
"".trimRight === "".trimEnd // -> true
" a ".trimRight() // -> " a"
"".trimRight.call(undefined) // -> throws TypeError

// rule: r-String.prototype.trimStart
"\t a ".trimStart() // -> "a "
"\ufeffa".trimStart() // -> "a"
"".trimStart.call(null) // -> throws TypeError

// rule: r-String.prototype.valueOf
"a".valueOf() // -> "a"
new String("b").valueOf() // -> "b"
"".valueOf.call({}) // -> throws TypeError
