// rule: r-strings
'it"s' + "it's" // -> "it\"sit's"
'' + "" // -> ""
"a«U+2028»b".length // -> 3
"a
b" // -> syntax error 1:1
'a // -> syntax error 1:1
'a" // -> syntax error 1:1
"tab	in it".length // -> 9
