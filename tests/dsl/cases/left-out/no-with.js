// rule: r-no-with
// differs: not in the language
with ({}) {} // -> syntax error 1:1: the `with` statement is not part of the script language
"use strict"; with ({}) {} // -> syntax error
({ with: 1 }).with // -> 1
