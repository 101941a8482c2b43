// rule: r-proto-in-literal
var p = {x: 1}; var o = {__proto__: p}; [o.x, Object.keys(o), Object.getPrototypeOf(o) === p] // -> [1, [], true]
Object.getPrototypeOf({__proto__: null}) // -> null
Object.getPrototypeOf({__proto__: 5}) === Object.prototype // -> true
Object.getPrototypeOf({"__proto__": null}) // -> null
({__proto__: {}, __proto__: {}}) // -> early error
var __proto__ = 5; Object.keys({__proto__}) // -> ["__proto__"]
Object.keys({["__proto__"]: 1}) // -> ["__proto__"]
typeof ({__proto__() {}}).__proto__ // -> "function"
({__proto__: null, a: 1}).toString // -> undefined
({__proto__: {x: 1}, x: 2}).x // -> 2
({'__proto__': {y: 3}}).y // -> 3
({__proto__() { return 4 }}).__proto__() // -> 4
({a: 1, __proto__: {b: 2}, ...{__proto__: {c: 3}}}).c // -> undefined
(function () { var o = {__proto__: {x: 1}, y: 2}; return [o.x, Object.keys(o), o.__proto__ === Object.getPrototypeOf(o)] })() // -> [1, ["y"], true]
(function () { var o = {'__proto__': null}; return [Object.getPrototypeOf(o), o.__proto__, o.toString] })() // -> [null, undefined, undefined]
(function () { var __proto__ = {x: 1}; var o = {__proto__}; return [o.x, Object.keys(o)] })() // -> [undefined, ["__proto__"]]
(function () { var o = {['__proto__']: {x: 1}}; return [o.x, Object.keys(o)] })() // -> [undefined, ["__proto__"]]
