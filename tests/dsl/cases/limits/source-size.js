// rule: r-source-size
// differs: a source has at most so many bytes
"«a x 65536»" // -> syntax error 1:1: the script is larger than 65536 bytes
/*«a x 65000»*/ 5 // -> 5
/*«😀 x 16383»*/ // -> undefined
// differs: bytes are counted as UTF-8
/*«😀 x 16384»*/ // -> syntax error 1:1
