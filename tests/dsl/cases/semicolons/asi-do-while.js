// rule: r-asi-do-while
do ; while (0) 5 // -> 5
var i = 0; do i++; while (i < 3) i // -> 3
do ; while (0); 6 // -> 6
if (0) do ; while (0) else 7 // -> 7
var i=0; do i++
while(i<3) i // -> 3
do;while(0) x=1; x // -> 1
do;while(0)
x=1 // -> 1
if(0)do;while(0)
else 5 // -> 5
