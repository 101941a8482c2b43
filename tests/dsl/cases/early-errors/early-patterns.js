// rule: r-early-patterns
let [a] // -> early error
const {a} // -> early error
var [a]; // -> early error
[...a, b] = c // -> early error
[...a = 1] = b // -> early error
({...a, b} = c) // -> early error
let [...a, b] = c // -> early error
({a = 1}) // -> early error
({a = 1} = {}) // -> {}
for (let [a]; ;); // -> early error
for (const a; ;); // -> early error
[(a = 1)] = b // -> early error
for (var [a] = [] in b); // -> early error
