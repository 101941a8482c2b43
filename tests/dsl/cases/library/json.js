// rule: r-JSON
typeof JSON // -> "object"
JSON() // -> throws TypeError
Object.prototype.toString.call(JSON) // -> "[object JSON]"
Object.keys(JSON) // -> []

// rule: r-JSON.parse
JSON.parse('{"a": [1, 2.5, -0, 1e3, true, null, "x\\n\\u0041\\ud83d"], "b": {}}')  // -> {a: [1, 2.5, -0, 1000, true, null, "x\nA\ud83d"], b: {}}
JSON.parse('{"a": 1, "b": 2, "a": 3}')  // -> {a: 3, b: 2}
JSON.parse('{"2": 0, "1": 0, "x": 0}')  // -> {1: 0, 2: 0, x: 0}
(function () { var o = JSON.parse('{"__proto__": 5}'); return [Object.keys(o), Object.getPrototypeOf(o) === Object.prototype] })()  // -> [["__proto__"], true]
JSON.parse("")  // -> throws SyntaxError
JSON.parse("{")  // -> throws SyntaxError
JSON.parse("[1,]")  // -> throws SyntaxError
JSON.parse('{"a":1,}')  // -> throws SyntaxError
JSON.parse("01")  // -> throws SyntaxError
JSON.parse("1.")  // -> throws SyntaxError
JSON.parse(".5")  // -> throws SyntaxError
JSON.parse("+1")  // -> throws SyntaxError
JSON.parse("'a'")  // -> throws SyntaxError
JSON.parse('"\t"')  // -> throws SyntaxError
JSON.parse('"\\x41"')  // -> throws SyntaxError
JSON.parse('"\\u12G4"')  // -> throws SyntaxError
JSON.parse("nul")  // -> throws SyntaxError
JSON.parse("[1] x")  // -> throws SyntaxError
JSON.parse("\u00a01")  // -> throws SyntaxError
JSON.parse(" \t\r\n1 ")  // -> 1
JSON.parse("undefined")  // -> throws SyntaxError
JSON.parse(undefined)  // -> throws SyntaxError
JSON.parse(null)  // -> null
JSON.parse('"\u2028"').length  // -> 1
JSON.parse("-")  // -> throws SyntaxError
JSON.parse("1e400")  // -> Infinity
JSON.parse("[[[[[]]]]]")  // -> [[[[[]]]]]
JSON.parse('{"a": {"b": [1, 2]}}', function (k, v) { return typeof v === "number" ? v * 2 : v })  // -> {a: {b: [2, 4]}}
JSON.parse("[1, 2, 3]", function (k, v) { return k === "1" ? undefined : v })  // -> [1, hole, 3]
JSON.parse('{"a": 1, "b": 2}', function (k, v) { return k === "a" ? undefined : v })  // -> {b: 2}
(function () { var s = []; JSON.parse('{"a": [1], "b": {"c": 2}}', function (k, v) { s.push(k); return v }); return s })()  // -> ["0", "a", "c", "b", ""]
(function () { var s; JSON.parse("5", function (k, v) { s = [k, Object.keys(this), this[""]]; return v }); return s })()  // -> ["", [""], 5]
JSON.parse("[1, 2]", function (k, v) { if (k === "0") this[1] = 9; return v })  // -> [1, 9]
[JSON.parse.length, JSON.stringify.length, Object.prototype.toString.call(JSON)]  // -> [2, 3, "[object JSON]"]
JSON.parse('{"a": [1, 2, {"b": 3}], "c": 1}', function (k, v) { return k === 'c' ? undefined : typeof v === 'number' ? v + 1 : v; }).a.join() // -> "2,3,[object Object]"
JSON.stringify(JSON.parse('[1, 2, 3]', function (k, v) { if (k === '0') { delete this[1]; } return v; })) // -> "[1,null,3]"
JSON.stringify(JSON.parse('{"a": {"b": 1, "c": 2}}', function (k, v) { if (k === 'b') { Object.freeze(this); return 9; } return k === 'c' ? 5 : v; })) // -> "{\"a\":{\"b\":1,\"c\":2}}"
JSON.stringify(JSON.parse('{"a": {"b": 1}}', function (k, v) { if (k === 'b') { Object.preventExtensions(this); return 9; } return v; })) // -> "{\"a\":{\"b\":9}}"
JSON.parse('[1,2,3]',function(k,v){return this[k]===v&&v}) // -> [1, 2, 3]
JSON.parse('{"a":{"b":1}}',(k,v)=>k=='b'?undefined:v) // -> {a: {}}
JSON.parse('[1,[2,3]]',(k,v)=>typeof v=='number'?v+1:v) // -> [2, [3, 4]]
JSON.parse('{"__proto__":null}').__proto__ // -> null
JSON.parse(' \u0009[]') // -> []
JSON.parse('\v1') // -> throws SyntaxError
JSON.parse('1 ') // -> 1
JSON.parse('"\\/\\b\\f"') // -> "/\b\f"
JSON.parse('"\\u00e9"') // -> "é"
JSON.parse('-0') // -> -0
JSON.parse('1E+2') // -> 100
JSON.parse('1.0e-2') // -> 0.01
JSON.parse('--1') // -> throws SyntaxError
JSON.parse('1e') // -> throws SyntaxError
JSON.parse('{"a"}') // -> throws SyntaxError
JSON.parse('{a:1}') // -> throws SyntaxError
JSON.parse('[,]') // -> throws SyntaxError
JSON.parse('"a') // -> throws SyntaxError
JSON.parse('"\n"') // -> throws SyntaxError
JSON.parse('tru') // -> throws SyntaxError
JSON.parse('null ') // -> null
JSON.parse('') // -> throws SyntaxError
JSON.parse('/**/1') // -> throws SyntaxError
JSON.parse({toString(){return '[1]'}}) // -> [1]
JSON.parse(['1']) // -> 1
(function () { return JSON.parse('{"a":[1,2,{"b":null}]}') })() // -> {a: [1, 2, {b: null}]}

// rule: r-JSON.stringify
JSON.stringify({d: new Date(1e12)})  // -> "{\"d\":\"2001-09-09T01:46:40.000Z\"}"
JSON.stringify({a: 1, b: undefined, c: () => 1, d: null, e: NaN, f: Infinity, g: -0, h: "x", i: true})  // -> "{\"a\":1,\"d\":null,\"e\":null,\"f\":null,\"g\":0,\"h\":\"x\",\"i\":true}"
JSON.stringify([undefined, () => 1, NaN, , new Number(3), new String("s"), new Boolean(false)])  // -> "[null,null,null,null,3,\"s\",false]"
[JSON.stringify(undefined), JSON.stringify(() => 1), JSON.stringify(null), JSON.stringify("a"), JSON.stringify(1e21)]  // -> [undefined, undefined, "null", "\"a\"", "1e+21"]
JSON.stringify("\"\\\b\f\n\r\t\u0001\u001f\u007f\u2028\ud83d\ude00\ud83d\ude00\udead")  // -> "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028😀😀\\udead\""
JSON.stringify({a: [1, {b: 2}], c: {}, d: []}, null, 2)  // -> "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}"
JSON.stringify({a: [1]}, null, "--")  // -> "{\n--\"a\": [\n----1\n--]\n}"
JSON.stringify([[1]], null, 20).length  // -> 49
JSON.stringify({a: 1}, null, "0123456789abc")  // -> "{\n0123456789\"a\": 1\n}"
JSON.stringify({a: 1}, null, new Number(1))  // -> "{\n \"a\": 1\n}"
JSON.stringify({a: 1}, null, new String("t"))  // -> "{\nt\"a\": 1\n}"
JSON.stringify({a: 1}, null, true)  // -> "{\"a\":1}"
JSON.stringify({a: 1, b: {a: 2, c: 3}}, ["a", "b"])  // -> "{\"a\":1,\"b\":{\"a\":2}}"
JSON.stringify({1: 1, a: 2}, [1, new Number(1), new String("a"), {}])  // -> "{\"1\":1,\"a\":2}"
JSON.stringify({a: 1, b: 2}, (k, v) => k === "a" ? undefined : v)  // -> "{\"b\":2}"
JSON.stringify({a: 1}, function (k, v) { return k === "" ? {z: 5} : v })  // -> "{\"z\":5}"
JSON.stringify([1, 2], (k, v) => k === "0" ? undefined : v)  // -> "[null,2]"
JSON.stringify({toJSON(k) { return "J" + k }})  // -> "\"J\""
JSON.stringify({x: {toJSON(k) { return [k] }}})  // -> "{\"x\":[\"x\"]}"
JSON.stringify(new Date(0))  // -> "\"1970-01-01T00:00:00.000Z\""
JSON.stringify(new Date(NaN))  // -> "null"
JSON.stringify({m: new Map([[1, 2]]), s: new Set([1]), r: /x/, e: new Error("q")})  // -> "{\"m\":{},\"s\":{},\"r\":{},\"e\":{}}"
(function () { var a = {}; a.a = a; JSON.stringify(a) })()  // -> throws TypeError
(function () { var a = []; a.push([a]); JSON.stringify(a) })()  // -> throws TypeError
(function () { var o = {x: 1}; return JSON.stringify([o, o]) })()  // -> "[{\"x\":1},{\"x\":1}]"
JSON.stringify(Object.create({p: 1}))  // -> "{}"
JSON.stringify({b: 1, a: 2, 1: 3, 0: 4})  // -> "{\"0\":4,\"1\":3,\"b\":1,\"a\":2}"
JSON.stringify("\u2029")  // -> "\"\u2029\""
JSON.stringify({"": 1, "a\"b": 2})  // -> "{\"\":1,\"a\\\"b\":2}"
(function () { var s = []; JSON.stringify({a: {b: 1}}, function (k, v) { s.push(k, this === undefined ? 0 : Object.keys(this).join()); return v }); return s })()  // -> ["", "", "a", "a", "b", "b"]
JSON.stringify({a: "x"}, null, -5)  // -> "{\"a\":\"x\"}"
JSON.stringify({a: [], b: {}}, null, 1)  // -> "{\n \"a\": [],\n \"b\": {}\n}"
JSON.stringify(Object(1))  // -> "1"
JSON.stringify([new Number(NaN)])  // -> "[null]"
JSON.stringify({get: undefined}, null, 2)  // -> "{}"
JSON.stringify(arguments => 1)  // -> undefined
JSON.stringify((function () { return arguments })(1, 2))  // -> "{\"0\":1,\"1\":2}"
JSON.stringify(Object.assign(Object.create({inherited: 1}), {own: 2}))  // -> "{\"own\":2}"
[JSON.stringify({a: [new Number(1), new String('s'), new Boolean(false)]}), JSON.stringify({a: 1}, null, new Number(2)), JSON.stringify({a: 1}, null, new String('-')), JSON.stringify({a: 1}, null, true)].join('|') // -> "{\"a\":[1,\"s\",false]}|{\n  \"a\": 1\n}|{\n-\"a\": 1\n}|{\"a\":1}"
JSON.stringify({a: 1, b: 2, c: {a: 3, d: 4}}, ['a', 'c', new String('d'), 1]) // -> "{\"a\":1,\"c\":{\"a\":3,\"d\":4}}"
JSON.stringify({a: 1}, {}, new Boolean(true)) + JSON.stringify({a: 1}, []) // -> "{\"a\":1}{}"
JSON.stringify({a: 1, '2': 3}, [2, true, null, new Number(1), 'a', 'a']) // -> "{\"2\":3,\"a\":1}"
JSON.stringify('\u2028\ud800') // -> "\"\u2028\\ud800\""
JSON.stringify({[' \n']: 1}) // -> "{\" \\n\":1}"
JSON.stringify([new Date(NaN), new Date(0)]) // -> "[null,\"1970-01-01T00:00:00.000Z\"]"
JSON.stringify({a:1},(k,v)=>k?undefined:v) // -> "{}"
JSON.stringify([1,2],(k,v)=>Array.isArray(v)?v.concat(3):v) // -> "[1,2,3]"
JSON.stringify({a:{b:1}},['b']) // -> "{}"
JSON.stringify({a:{b:1}},['a','a','b'],'\t') // -> "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}"
JSON.stringify({1:1,a:2},[1,'a',{toString(){return 'z'}}]) // -> "{\"1\":1,\"a\":2}"
JSON.stringify(new Boolean(false)) // -> "false"
JSON.stringify(Object(new String('x'))) // -> "\"x\""
JSON.stringify({toJSON(){return {toJSON(){return 1}}}}) // -> "{}"
JSON.stringify({toJSON: 1}) // -> "{\"toJSON\":1}"
JSON.stringify([[[]]],null,'') // -> "[[[]]]"
JSON.stringify({a:[]},null,'ab') // -> "{\nab\"a\": []\n}"
JSON.stringify(-0) // -> "0"
JSON.stringify([,]) // -> "[null]"
JSON.stringify([NaN,-Infinity]) // -> "[null,null]"
JSON.stringify('\x7f\x1f') // -> "\"\u007f\\u001f\""
JSON.stringify(Object.create({a:1},{})) // -> "{}"
JSON.stringify(function(){}) // -> undefined
JSON.stringify({f(){}}) // -> "{}"
JSON.stringify([undefined,function(){}]) // -> "[null,null]"
JSON.stringify("a",null,1) // -> "\"a\""
JSON.stringify({a:1,b:[1,2]},null,1) // -> "{\n \"a\": 1,\n \"b\": [\n  1,\n  2\n ]\n}"
JSON.stringify(arguments_=[1],null,NaN) // -> "[1]"
(function () { return JSON.stringify({a: [1, 'x', null, undefined, () => 1], b: undefined, c: {d: NaN}}) })() // -> "{\"a\":[1,\"x\",null,null,null],\"c\":{\"d\":null}}"
(function () { return JSON.stringify({a: new Date(0), b: /x/, c: new Map, d: Infinity, e: 'é\u2028'}) })() // -> "{\"a\":\"1970-01-01T00:00:00.000Z\",\"b\":{},\"c\":{},\"d\":null,\"e\":\"é\u2028\"}"
