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
/(?:)/.exec('').index // -> 0
/a[a-z]{2,4}?/.exec('abcdefghi')[0] // -> "abc"
/(aa|aabaac|ba|b|c)*/.exec('aabaac') // -> ["aaba", "ba"]
/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac') // -> ["zaacbbbcac", "z", "ac", "a", undefined, "c"]
/(\d{3})-(?:\d{4})/.exec('555-1234') // -> ["555-1234", "555"]
/^\w+$/m.exec('a b\ncd')[0] // -> "cd"
/a{,1}/.test('a{,1}') // -> true
/a{1/.test('a{1') // -> true
/x{0}/.exec('x')[0] // -> ""
/(?:a?)*?b/.exec('aab')[0] // -> "aab"
/(a?)*?b/.exec('aab') // -> ["aab", "a"]
/(?:a|b)+?c/.exec('abc')[0] // -> "abc"
