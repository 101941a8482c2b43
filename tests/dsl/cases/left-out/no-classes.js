// rule: r-no-classes
// differs: not in the language
class A {} // -> syntax error 1:1: classes are not part of the script language
// differs: not in the language
var A = class {} // -> syntax error 1:9: classes are not part of the script language
// differs: not in the language
class A extends B {} // -> syntax error: classes are not part of the script language
super() // -> syntax error: classes and `super` are not part of the script language
({ #x: 1 }) // -> syntax error
