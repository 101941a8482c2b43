// rule: r-no-classes
// differs: not in the language
class A {} // -> syntax error 1:1: classes are not part of the script language
// differs: not in the language
var A = class {} // -> syntax error 1:9: classes are not part of the script language
// differs: not in the language
class A extends B {} // -> syntax error: classes are not part of the script language
super() // -> syntax error 1:6: `super` must be followed by `.name` or `[key]`: there are no classes
({ m() { super(); } }) // -> syntax error 1:15
({ #x: 1 }) // -> syntax error
