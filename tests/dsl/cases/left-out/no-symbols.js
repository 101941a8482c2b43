// rule: r-no-symbols
// differs: no symbols
typeof [][Symbol?.iterator] // -> throws ReferenceError
for (var x of {next() { return {done: true} }}); // -> throws TypeError
// differs: no symbols
Object.getOwnPropertySymbols // -> undefined
({"Symbol(a)": 1})["Symbol(a)"] // -> 1
Object.prototype.toString.call(new Map) // -> "[object Map]"
