// rule: r-no-code-from-text
// differs: no code is made from text
eval("1") // -> throws ReferenceError
// differs: no code is made from text
Function("return 1") // -> throws TypeError: Making code from text is not part of the script language
// differs: no code is made from text
new Function("a", "return a") // -> throws TypeError
// differs: no code is made from text
(function () {}).constructor("return 1") // -> throws TypeError
// differs: no code is made from text
typeof eval // -> "undefined"
(() => 1) instanceof Function // -> true
