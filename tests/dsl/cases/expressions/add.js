// rule: r-add
[1 + 2, 1 + "2", "1" + 2, "a" + "b"] // -> [3, "12", "12", "ab"]
[1 + null, 1 + undefined, 1 + true, "a" + null, "a" + undefined] // -> [1, NaN, 2, "anull", "aundefined"]
[[] + [], [] + {}, [1] + [2], {} + 1, new Date(0) + 0 !== 0] // -> ["", "[object Object]", "12", "[object Object]1", true]
[1 + 2 + "3", "1" + 2 + 3] // -> ["33", "123"]
[0 + -0, -0 + -0, Infinity + -Infinity] // -> [0, -0, NaN]
0.1 + 0.2 // -> 0.30000000000000004
9007199254740991 + 2 // -> 9007199254740992
({valueOf() { return "v" }}) + 1 // -> "v1"
"b" + "a" + +"a" + "a" // -> "baNaNa"
[] == ![] // -> true
[] + null + 1 // -> "null1"
[1,2,3] + [4,5] // -> "1,2,34,5"
{} + [] // -> 0
({} + []) // -> "[object Object]"
!!"false" == !!"true" // -> true
null + 1 // -> 1
undefined + 1 // -> NaN
(function () { return 1+2 })() // -> 3
(function () { return 0.1+0.2 })() // -> 0.30000000000000004
(function () { return ['a'+1, 1+'a', null+1, undefined+1, true+1, []+[], []+{}, [1,2]+3] })() // -> ["a1", "1a", 1, NaN, 2, "", "[object Object]", "1,23"]
(function () { return [1 + null, 1 + undefined, '1' + null, true + true, [] + 1, {} + 1, (() => 1) + ''] })() // -> [1, NaN, "1null", 2, "1", "[object Object]1", "() => 1"]
(function () { return ['b' + -0, `${-0}`, String(-0), (-0).toString(), [-0] + '', JSON.stringify(-0)] })() // -> ["b0", "0", "0", "0", "0", "0"]
