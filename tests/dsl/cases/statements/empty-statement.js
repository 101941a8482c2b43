// rule: r-empty-statement
;;; // -> undefined
5;; // -> 5
for (;false;); // -> undefined
if (0) ; else ; // -> undefined
