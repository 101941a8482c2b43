// rule: r-re-quantifiers
"aaa".match(/a*/)[0] + "aaa".match(/a+?/)[0] + "aaa".match(/a{2}/)[0] + "aaa".match(/a{1,}/)[0] // -> "aaaaaaaaa"
["aaa".match(/a{2,3}?/)[0], "aaa".match(/a??/)[0], "aaa".match(/a{0}/)[0]] // -> ["aa", "", ""]
"<a><b>".match(/<.*>/)[0] + "<a><b>".match(/<.*?>/)[0] // -> "<a><b><a>"
/a{2,1}/ // -> early error
/*/ // -> syntax error
/+/ // -> early error
/a**/ // -> early error
[/a{,2}/.test("a{,2}"), /a{x/.test("a{x"), /{/.test("{")] // -> [true, true, true]
/{1}/ // -> early error
/a{/u // -> early error
/(?:a|ab)(?:c|bcd)(?:d*)/.exec("abcd")[0] // -> "abcd"
/(a*)*/.exec("b") // -> ["", undefined]
/(?:a*?)*b/.exec("aab")[0] // -> "aab"
/x{99999999999999999999}/.test("x") // -> false
