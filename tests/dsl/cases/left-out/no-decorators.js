// rule: r-no-decorators
@a // -> syntax error 1:1: decorators are not part of the script language
#a // -> syntax error
enum A {} // -> syntax error: enums (`enum` is a reserved word) are not part of the script language
