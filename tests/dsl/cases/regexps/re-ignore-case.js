// rule: r-re-ignore-case
/straße/i.test("STRASSE") // -> false
[/É/i.test("é"), /Σ/i.test("ς"), /σ/i.test("ς")] // -> [true, true, true]
["\u212a", "\u017f"].map(c => [/k|s/i.test(c), /k|s/iu.test(c)]) // -> [[false, true], [false, true]]
/[^x]/i.test("X") // -> false
/[a-z]/i.test("K") // -> true
/\u{10428}/iu.test("\u{10400}") // -> true
/ß/i.test("ẞ") // -> false
/ß/iu.test("ẞ") // -> true
/ſ/i.test('s') // -> false
/ſ/iu.test('s') // -> true
/[^s]/iu.test('ſ') // -> false
/\W/iu.test('ſ') // -> false
/\w/iu.test('K') // -> true
/ǆ/i.test('ǅ') // -> true
/Σ/iu.test('ς') // -> true
/ß/iu.test('ẞ') // -> true
/İ/iu.test('i') // -> false
/ı/i.test('I') // -> false
