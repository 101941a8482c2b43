// rule: r-key-order
Object.keys({b: 1, 10: 1, a: 1, 9: 1, "-1": 1, "01": 1}) // -> ["9", "10", "b", "a", "-1", "01"]
var o = {a: 1, b: 2}; delete o.a; o.a = 3; Object.keys(o) // -> ["b", "a"]
var r = []; for (var k in {z: 0, 2: 0, 1: 0}) r.push(k); r // -> ["1", "2", "z"]
Object.keys({4294967294: 1, 4294967295: 1, 0: 1}) // -> ["0", "4294967294", "4294967295"]
JSON.stringify({b: 1, 0: 2}) // -> "{\"0\":2,\"b\":1}"
