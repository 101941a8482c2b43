// rule: r-RegExp
[new RegExp("/").source, new RegExp("").source, new RegExp("\n").source, new RegExp("[/]").source, new RegExp("\\/").source, String(new RegExp("a/b", "gi"))]  // -> ["\\/", "(?:)", "\\n", "[/]", "\\/", "/a\\/b/gi"]
[new RegExp("a", "gimsuyd").flags, /a/.flags, /a/g.global, /a/.global, /a/i.ignoreCase, /a/m.multiline, /a/s.dotAll, /a/u.unicode, /a/y.sticky, /a/d.hasIndices]  // -> ["dgimsuy", "", true, false, true, true, true, true, true, true]
new RegExp("a", "gg")  // -> throws SyntaxError
new RegExp("a", "x")  // -> throws SyntaxError
new RegExp("(")  // -> throws SyntaxError
new RegExp("a**")  // -> throws SyntaxError
new RegExp("[b-a]")  // -> throws SyntaxError
new RegExp("\\")  // -> throws SyntaxError
new RegExp("(?<a>x)(?<a>y)")  // -> throws SyntaxError
new RegExp("\\k<a>", "u")  // -> throws SyntaxError
new RegExp("a{2,1}")  // -> throws SyntaxError
new RegExp("(?<=a)*")  // -> throws SyntaxError
new RegExp("{1}")  // -> throws SyntaxError
new RegExp("\\u{110000}", "u")  // -> throws SyntaxError
new RegExp("]", "u")  // -> throws SyntaxError
new RegExp("\\-", "u")  // -> throws SyntaxError
RegExp(/a/g) === RegExp(/a/g)  // -> false
(function () { var r = /a/g; return [RegExp(r) === r, new RegExp(r) === r, RegExp(r, "i").flags, new RegExp(r).flags] })()  // -> [true, false, "i", "g"]
new RegExp("\\p{Foo}", "u")  // -> throws SyntaxError
[RegExp(/a/g).flags, new RegExp(/a/g, 'i').flags, new RegExp('').source, new RegExp('/').source, String(new RegExp('\n'))].join('|') // -> "g|i|(?:)|\\/|/\\n/"
new RegExp('a', {toString() { return 'g' }}).flags // -> "g"
new RegExp(/a/g, undefined).flags // -> "g"
new RegExp(undefined).source // -> "(?:)"
RegExp('\\n').source + RegExp('\n').source // -> "\\n\\n"
RegExp('[/]').source + RegExp('a/b').source // -> "[/]a\\/b"
String(RegExp('/')) // -> "/\\//"
var r = /a/; RegExp(r) === r // -> true
var r = /a/; new RegExp(r) === r // -> false
var r = /a/; r.flags // -> ""
Object.keys(/a/) // -> []
'source' in /a/ // -> true

// rule: r-RegExp.prototype.compile
(function () { var r = /a/; r.compile("b", "g"); return [r.source, r.flags, r.test("b"), r.lastIndex] })()  // -> ["b", "g", true, 1]
/a/.compile("(") // -> throws SyntaxError
/a/g.compile("b").flags // -> ""
/a/.compile.call({}, "a") // -> throws TypeError
try { /a/.compile(/b/, 'i'); } catch (e) { e.name } // -> "TypeError"
var r = /a/; r.lastIndex = 3; r.compile('b', 'i'); [r.source, r.flags, r.lastIndex, r.test('B')].join() // -> "b,i,0,true"

// rule: r-RegExp.prototype.dotAll
[/a/s.dotAll, /a/.dotAll] // -> [true, false]
RegExp.prototype.dotAll // -> undefined
"use strict"; /a/.dotAll = true // -> throws TypeError

// rule: r-RegExp.prototype.exec
/a(b)?/.exec("xab").concat(/a(b)?/.exec("a"))  // -> ["ab", "b", "a", undefined]
(function () { var m = /(?<y>\d{4})-(?<m>\d\d)/.exec("on 2020-05"); return [m.index, m.input, m[0], m.groups.y, m.groups.m, Object.getPrototypeOf(m.groups), Object.keys(m)] })()  // -> [3, "on 2020-05", "2020-05", "2020", "05", null, ["0", "1", "2", "index", "input", "groups"]]
/a/.exec("b")  // -> null
/x/d.exec("axb").indices[0]  // -> [1, 2]
(function () { var m = /(?<q>b)|(c)/d.exec("abc"); return [m.indices[0], m.indices[1], m.indices[2], m.indices.groups.q] })()  // -> [[1, 2], [1, 2], undefined, [1, 2]]
RegExp.prototype.exec.call({}, "")  // -> throws TypeError
[RegExp.length, RegExp.name, RegExp.prototype.exec.length, RegExp.prototype.source, RegExp.prototype.flags, RegExp.prototype.global]  // -> [2, "RegExp", 1, "(?:)", "", undefined]
[/[^x]/u.exec("\ud83d\ude00")[0].length, /[^x]/.exec("\ud83d\ude00")[0].length, /^.$/u.test("\ud83d\ude00"), /\ud83d/.test("\ud83d\ude00"), /\ud83d/u.test("\ud83d\ude00"), /\u{1f600}/u.test("\ud83d\ude00")]  // -> [2, 1, true, true, false, true]
(function () { var r = /\udf06/u; r.lastIndex = 1; return r.exec("\ud834\udf06") })()  // -> null
(function () { var r = /(?:)/gu; r.lastIndex = 1; var m = r.exec("\ud83d\ude00"); return [m.index, r.lastIndex] })()  // -> [0, 0]
(function () { var r = /./gu; r.lastIndex = 1; var m = r.exec("\ud83d\ude00"); return [m.index, m[0].length, r.lastIndex] })()  // -> [0, 2, 2]
[/(?<=\$)\d+/.exec("a$42")[0], /(?<!\$)\b\d+/.exec("$42 17")[0], /(?<=(\d+)(\d+))$/.exec("1053").slice(1), /(?<=\1(a))b/.exec("aab")[0]]  // -> ["42", "17", ["1", "053"], "b"]
[/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac"), /(?=(a+))a*b\1/.exec("baaabac"), /(.*?)a(?!(a+)b\2c)\2(.*)/.exec("baaabaac")]  // -> [["zaacbbbcac", "z", "ac", "a", undefined, "c"], ["aba", "a"], ["baaabaac", "ba", undefined, "abaac"]]
/(a*)*/.exec("b")  // -> ["", undefined]
/(?:a*?)+b/.exec("aab")[0]  // -> "aab"
/(\2a)(\1)/.exec("aa")  // -> ["aa", "a", "a"]
/(a)|b/.exec("b")  // -> ["b", undefined]
/((a)|b)*/.exec("ab")  // -> ["ab", "b", undefined]
/a|ab/.exec("abc")[0]  // -> "a"
/a{0}b/.exec("ab")[0]  // -> "b"
/(?:(?=(\d+))\w|:)+/.exec("1:2")  // -> ["1:2", "2"]
/(?=a)*b/.exec("b")[0]  // -> "b"
(function () { var r = /a/; r.exec = function () { return {index: 7, 0: "zz"} }; return ["a".search(r), "a".match(r)[0]] })()  // -> [7, "zz"]
/\w+@\w+\.com/.exec("mail bob@site.com now")[0]  // -> "bob@site.com"
/^(\d{4})-(\d{2})-(\d{2})$/.exec("2020-01-31").slice(1).map(Number)  // -> [2020, 1, 31]
(function () { return /a(b+)c/.exec('xabbc').slice() })() // -> ["abbc", "bb"]

// rule: r-RegExp.prototype.flags
[/a/gi.flags, /a/.flags, new RegExp("a", "yu").flags] // -> ["gi", "", "uy"]
RegExp.prototype.flags // -> ""
Object.create(RegExp.prototype).flags // -> throws TypeError
Object.setPrototypeOf(/a/g, null).flags // -> undefined
"use strict"; /a/.flags = "g" // -> throws TypeError

// rule: r-RegExp.prototype.global
[/a/g.global, /a/.global] // -> [true, false]
RegExp.prototype.global // -> undefined
Object.create(/a/g).global // -> throws TypeError
["global" in /a/, /a/.hasOwnProperty("global"), RegExp.prototype.hasOwnProperty("global")] // -> [true, false, true]
"use strict"; /a/g.global = false // -> throws TypeError

// rule: r-RegExp.prototype.hasIndices
[/a/d.hasIndices, /a/.hasIndices] // -> [true, false]
RegExp.prototype.hasIndices // -> undefined
var r = /a/d; r.hasIndices = false; r.hasIndices // -> true

// rule: r-RegExp.prototype.ignoreCase
[/a/i.ignoreCase, /a/.ignoreCase] // -> [true, false]
RegExp.prototype.ignoreCase // -> undefined
var r = /a/; r.ignoreCase = true; r.ignoreCase // -> false

// rule: r-RegExp.prototype.multiline
[/a/m.multiline, /a/.multiline] // -> [true, false]
RegExp.prototype.multiline // -> undefined
"multiline" in /a/ // -> true

// rule: r-RegExp.prototype.source
[/a\/b/.source, new RegExp("/").source, new RegExp("").source] // -> ["a\\/b", "\\/", "(?:)"]
new RegExp("\n").source // -> "\\n"
RegExp.prototype.source // -> "(?:)"
"use strict"; /a/.source = "b" // -> throws TypeError

// rule: r-RegExp.prototype.sticky
[/a/y.sticky, /a/.sticky] // -> [true, false]
RegExp.prototype.sticky // -> undefined
/a/.hasOwnProperty("sticky") // -> false

// rule: r-RegExp.prototype.test
(function () { var r = /a/g; return [r.test("aba"), r.lastIndex, r.test("aba"), r.lastIndex, r.test("aba"), r.lastIndex] })()  // -> [true, 1, true, 3, false, 0]
(function () { var r = /a/y; return [r.test("ba"), r.lastIndex, (r.lastIndex = 1, r.test("ba")), r.lastIndex] })()  // -> [false, 0, true, 2]
(function () { var r = /a/; r.lastIndex = 5; return [r.test("a"), r.lastIndex] })()  // -> [true, 5]
(function () { var r = /a/g; r.lastIndex = -1; return [r.test("a"), r.lastIndex] })()  // -> [true, 1]
[/]/.test("]"), /{/.test("{"), /a{,2}/.test("a{,2}"), /\1(a)/.exec("aa")[0], /\8/.test("8"), /\c/.test("\\c"), /[\c]/.test("\\"), /\_/.test("_"), /a{x/.test("a{x")]  // -> [true, true, true, "a", true, true, true, true, true]
RegExp.prototype.test.call({exec: () => ({})}, "")  // -> true
RegExp.prototype.test.call({exec: () => 5}, "")  // -> throws TypeError
["\u212a", "\u017f", "K", "s"].map(c => [/k|s/i.test(c), /k|s/iu.test(c), /\w/i.test(c), /\w/iu.test(c)])  // -> [[false, true, false, true], [false, true, false, true], [true, true, true, true], [true, true, true, true]]
[/\p{Lu}/u.test("A"), /\p{Lu}/u.test("a"), /\P{L}/u.test("1"), /\p{Script=Greek}/u.test("\u03b1"), /^\p{ASCII}+$/u.test("abc"), /\p{General_Category=Decimal_Number}/u.test("\u0663")]  // -> [true, false, true, true, true, true]
/\p{L}/.test("p{L}")  // -> true
[/^b/m.test("a\nb"), /a$/m.test("a\u2028b"), /^b/.test("a\nb"), /a.b/.test("a\nb"), /a.b/s.test("a\nb")]  // -> [true, true, false, false, true]
[/\bfoo\b/.test("a foo b"), /\Boo/.test("foo"), /[\b]/.test("\b"), /\0/.test("\0"), /\x41\u0042/.test("AB"), /\cJ/.test("\n"), /[\s]/.test("\ufeff"), /\s/.test("\u180e")]  // -> [true, true, true, true, true, true, true, false]
/[^]/.test("\n")  // -> true
/[]/.test("a")  // -> false
/\u{61}/.test("uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu")  // -> true
(function () { var r = /a/g, n = 0; r.lastIndex = {valueOf() { n++; return 0 }}; r.test("a"); return [n, r.lastIndex] })()  // -> [1, 1]
/^(?:\d{1,3}\.){3}\d{1,3}$/.test("192.168.0.1")  // -> true
/[\u{1f600}-\u{1f610}]/u.test("\u{1f605}")  // -> true
/\u{1F600}/iu.test("\u{1f600}")  // -> true
/\ud83d\ude00{2}/u.test("\ud83d\ude00\ud83d\ude00")  // -> true
/^\S+$/u.test("\ud83d\ude00")  // -> true
try { RegExp.prototype.test.call({}, 'a'); } catch (e) { e.name } // -> "TypeError"
try { var r = /a/; r.exec = function () { return 5; }; r.test('a'); } catch (e) { e.name } // -> "TypeError"
var r = /a/; r.exec = 5; r.test('a') // -> true
try { RegExp.prototype.test.call('a', 'a'); } catch (e) { e.name } // -> "TypeError"
RegExp.prototype.test.call(/a/, 'a') // -> true

// rule: r-RegExp.prototype.toString
/a\/b/gi.toString() // -> "/a\\/b/gi"
String(new RegExp("")) // -> "/(?:)/"
/a/.toString.call({source: "x", flags: "y"}) // -> "/x/y"
/a/.toString.call(1) // -> throws TypeError
try { RegExp.prototype.toString.call(5); } catch (e) { e.name } // -> "TypeError"
RegExp.prototype.toString() // -> "/(?:)/"

// rule: r-RegExp.prototype.unicode
[/a/u.unicode, /a/.unicode] // -> [true, false]
RegExp.prototype.unicode // -> undefined
"use strict"; /a/.unicode = 1 // -> throws TypeError

// rule: r-RegExp.prototype.unicodeSets
[/a/v.unicodeSets, /a/u.unicodeSets] // -> [true, false]
RegExp.prototype.unicodeSets // -> undefined
"use strict"; /a/v.unicodeSets = false // -> throws TypeError
