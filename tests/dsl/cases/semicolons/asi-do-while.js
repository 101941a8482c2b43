// rule: r-asi-do-while
do ; while (0) 5 // -> 5
var i = 0; do i++; while (i < 3) i // -> 3
do ; while (0); 6 // -> 6
if (0) do ; while (0) else 7 // -> 7
