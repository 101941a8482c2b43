// rule: r-debugger
debugger; 5 // -> 5
if (1) debugger // -> undefined
