// rule: r-function-text
(function  f ( a ){ /* c */ }).toString() // -> "function  f ( a ){ /* c */ }"
String(a => a + 1) // -> "a => a + 1"
({ m (x) { return x } }).m + "" // -> "m (x) { return x }"
String(parseInt) // -> "function parseInt() { [native code] }"
String(function f() {}.bind()) // -> "function () { [native code] }"
({["a" + 1]() {}}).a1.toString() // -> "[\"a\" + 1]() {}"
(function () { return (function(a, b) { return a + b }).toString() })() // -> "function(a, b) { return a + b }"
