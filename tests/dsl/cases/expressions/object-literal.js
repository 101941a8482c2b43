// rule: r-object-literal
({a: 1, "b c": 2, 3: 4, 0x10: 5, 1.5: 6}) // -> {3: 4, 16: 5, a: 1, "b c": 2, "1.5": 6}
var a = 1, b = 2; ({a, b}) // -> {a: 1, b: 2}
({a: 1, b: 2, a: 3}) // -> {a: 3, b: 2}
({if: 1, get: 2, set: 3, async: 4, static: 5}) // -> {if: 1, get: 2, set: 3, async: 4, static: 5}
({a: 1, }) // -> {a: 1}
({a}) // -> throws ReferenceError
({1}) // -> syntax error
({"a"}) // -> syntax error
({a = 1}) // -> early error 1:3
({a: 1}) + {b: 2} // -> "[object Object][object Object]"
{a: 1} // -> 1
var o = {async: 1, await: 2, get: 3, set: 4, of: 5, let: 6, static: 7, yield: 8}; Object.values(o).join('') // -> "12345678"
(function () { var o = {get: 1, set: 2, [`k${1+1}`]: 3, 'a b': 4, 5: 6, async: 1}; return o })() // -> {5: 6, get: 1, set: 2, k2: 3, "a b": 4, async: 1}
