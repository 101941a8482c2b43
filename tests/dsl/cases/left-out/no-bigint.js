// rule: r-no-bigint
// differs: not in the language
1n // -> syntax error 1:1: BigInt numbers are not part of the script language
// differs: not in the language
0x1fn // -> syntax error: BigInt numbers are not part of the script language
// differs: not in the language
BigInt(1) // -> throws ReferenceError
