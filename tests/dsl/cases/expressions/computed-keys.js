// rule: r-computed-keys
var k = "x"; ({[k]: 1, [k + 1]: 2, ["y"]() { return 3 }}).y() // -> 3
({[1 + 1]: "a"}) // -> {2: "a"}
var s = ""; ({[(s += 1, {toString() { s += 2; return "k" }})]: s += 3}); s // -> "123"
({[{}]: 1}) // -> {"[object Object]": 1}
({["__proto__"]: 5}).__proto__ // -> 5
Object.keys({["a"]: 1, a: 2}) // -> ["a"]
({[nobody]: 1}) // -> throws ReferenceError
