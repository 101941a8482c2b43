// rule: r-early-targets
1 = a // -> early error 1:1
a + b = c // -> syntax error
(a = b) = c // -> early error
() => {} = 1 // -> syntax error
"a"++ // -> early error
[a, 1] = b // -> early error
({a: 1} = b) // -> early error
({a() {}} = b) // -> early error
for (1 of a); // -> early error
a?.b = 1 // -> early error
new.target = 1 // -> early error
`a` = 1 // -> early error
({a}) => ({a} = {a: 1}) // -> function
[([a])] = 1 // -> early error
(a) = 1; [(a)] = [2]; ({x: (a)} = {x: 3}); a // -> 3
