// rule: r-re-sets
[/a/v.flags, /a/v.unicodeSets, /a/u.unicodeSets, /a/v.unicode] // -> ["v", true, false, false]
/[\p{L}--[a-z]]/v.test("a") // -> false
/[\p{L}--[a-z]]/v.test("A") // -> true
/^[[a-z]&&[aeiou]]+$/v.test("aeb") // -> false
/^[[a-z]&&[aeiou]]+$/v.test("aei") // -> true
/[[a-c]x]/v.test("b") // -> true
/[^[a-z]--[aeiou]]/v.test("a") // -> true
/^[\q{abc|d}x]$/v.test("abc") // -> true
/^[\q{abc|d}x]$/v.test("ab") // -> false
/[\q{a|abc|ab}]/v.exec("abc")[0] // -> "abc"
/^.$/v.test("😀") // -> true
/[^\q{ab}]/v // -> early error
/[(]/v // -> early error
/[a&&b--c]/v // -> early error
/[a-z&&]/v // -> early error
/[&&a]/v // -> early error
/a/uv // -> early error
/\-/v // -> early error
/[\-\&]/v.test("&") // -> true
/[a--a]/v.test("a") // -> false
/[\p{Lu}&&\p{ASCII}]/v.exec("ÄB")[0] // -> "B"
/[k]/iv.test("\u212a") // -> true
/[^K]/iv.test("k") // -> false
/[\q{ab|}]/v.exec("b")[0] // -> ""
/^[\q{AB}--\q{ab}]$/v.test("AB") // -> true
/^[\q{AB}--\q{ab}]$/iv.test("AB") // -> false
/(?<=[\q{abc}])d/v.exec("abcd").index // -> 3
/^[\w--\d--_]+$/v.test("abc") // -> true
/[\P{Lu}]/iv.test("a") // -> false
/[^[^\q{a}]]/v.exec("ba").index // -> 1
/[[a-z]]/.test("a]") // -> true
/[a!!b]/v // -> early error
