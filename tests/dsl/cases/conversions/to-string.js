// rule: r-to-string
[undefined, null, true, 5, "a"].map(String) // -> ["undefined", "null", "true", "5", "a"]
String([1, [2, null], undefined]) // -> "1,2,,"
String({}) + String(function f() {}) // -> "[object Object]function f() {}"
`${{toString() { return "s" }, valueOf() { return "v" }}}` // -> "s"
String({toString: null, valueOf() { return 7 }}) // -> "7"
String(Object.create(null)) // -> throws TypeError
"" + Object.create(null) // -> throws TypeError
String(Object(Object(1))) // -> "1"
(function () { return [1,2,3].toString() + String({}) + String(null) + String([null, undefined, 1]) })() // -> "1,2,3[object Object]null,,1"
(function () { return [[1, [2, [3]]].toString(), String([[]]), String([null]), String({}), String(() => 1)] })() // -> ["1,2,3", "", "", "[object Object]", "() => 1"]
