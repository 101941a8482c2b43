// rule: r-asi-not-empty
if (1)
else 2 // -> syntax error 2:1
while (0) // -> syntax error
for (var i = 0
i < 2
i++) ; // -> syntax error
for (;
) ; // -> syntax error 2:1
a:
} // -> syntax error
for(a;b
){} // -> syntax error 2:1
