// rule: r-debugger
for (var i = 0; i < 2; i++) debugger; i // -> 2
debugger; 5 // -> 5
if (1) debugger // -> undefined
