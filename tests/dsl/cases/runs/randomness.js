// rule: r-randomness
// with: random=250
[Math.random(), Math.random()] // -> [0.25, 0.25]
// with: random=999
Math.floor(Math.random() * 10) // -> 9
var r = Math.random(); r >= 0 && r < 1 // -> true
