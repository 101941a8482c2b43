// rule: r-block
let a = 1; { let a = 2; a } // -> 2
{ const b = 5; } typeof b // -> "undefined"
{ { 3 } } // -> 3
{} // -> undefined
{ var a = 1 } a // -> 1
{ // -> syntax error
{}{} // -> undefined
;;;{;} // -> undefined
{};{} // -> undefined
if(1);else; // -> undefined
