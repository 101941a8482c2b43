// rule: r-key-order
Object.keys({b: 1, 10: 1, a: 1, 9: 1, "-1": 1, "01": 1}) // -> ["9", "10", "b", "a", "-1", "01"]
var o = {a: 1, b: 2}; delete o.a; o.a = 3; Object.keys(o) // -> ["b", "a"]
var r = []; for (var k in {z: 0, 2: 0, 1: 0}) r.push(k); r // -> ["1", "2", "z"]
Object.keys({4294967294: 1, 4294967295: 1, 0: 1}) // -> ["0", "4294967294", "4294967295"]
JSON.stringify({b: 1, 0: 2}) // -> "{\"0\":2,\"b\":1}"
(function () { var a = [5]; a.foo = 1; return Object.keys(a) })() // -> ["0", "foo"]
(function () { var o = {2: 'b', 1: 'a', x: 1, '-1': 2, '01': 3, 4294967295: 4, 4294967294: 5, 1.5: 6}; return Object.keys(o) })() // -> ["1", "2", "4294967294", "x", "-1", "01", "4294967295", "1.5"]
(function () { var o = {}; o.b = 1; o.a = 2; delete o.b; o.b = 3; return Object.keys(o) })() // -> ["a", "b"]
