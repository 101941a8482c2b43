// rule: r-hashbang
#!/usr/bin/env node ) ( "
7 // -> 7
#! // -> undefined
 #!a
7 // -> syntax error 1:2
7
#!a // -> syntax error 2:1
({ #a: 1 }) // -> syntax error 1:4
#!a
1 // -> 1
 #!a // -> syntax error 1:2
«U+000A»#!a // -> syntax error 2:1
