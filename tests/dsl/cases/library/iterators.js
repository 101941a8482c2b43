// rule: r-iterators
var i = [1, 2].values(); [i.next(), i.next(), i.next()] // -> [{value: 1, done: false}, {value: 2, done: false}, {value: undefined, done: true}]
var i = [1, 2, 3].keys(); i.next(); [...i] // -> [1, 2]
var a = [1], i = a.values(); i.next(); a.push(2); i.next().value // -> 2
var a = [], i = a.values(); i.next(); a.push(1); i.next() // -> {value: undefined, done: true}
var m = new Map([[1, 1], [2, 2], [3, 3]]), i = m.keys(); i.next(); m.delete(2); [...i] // -> [3]
[].values().next.call({}) // -> throws TypeError
Object.prototype.toString.call("".matchAll(/a/g)) // -> "[object RegExp String Iterator]"
var i = [1, 2, 3].values(); for (var x of i) break; [...i] // -> [2, 3]
var i = "ab".matchAll(/./g); [i.next().value[0], [...i].length] // -> ["a", 1]
typeof [].values().return // -> "undefined"
var i = [1, 2].values(), n = 0; i.next = function () { return {value: n++, done: n > 3} }; [...i] // -> [0, 1, 2]
var i = [1, 2].values(); i.next = () => 1; [...i] // -> throws TypeError
var i = [1, 2].values(); i.next = 5; for (var x of i); // -> throws TypeError
var i = [1, 2].values(), r = []; for (var x of i) { r.push(x); i.next = () => ({done: true}) } r // -> [1, 2]
var i = [1, 2].values(), c = 0; i.next = () => (c++, {}); var [a, b] = i; [a, b, c] // -> [undefined, undefined, 2]
var o = {__proto__: [].values(), n: 0, next() { return {value: this.n, done: this.n++ > 2} }}; [Array.from(o), new Set([...o])] // -> [[0, 1, 2], Set()]
[...{__proto__: [1].values()}] // -> throws TypeError
// with: fuel=1000
var i = [].values(); i.next = () => ({}); [...i] // -> limit
new Set([5]).values().next().value // -> 5
var it = new Map([[1, 'a'], [2, 'b']]).entries(); var r = []; for (var e of it) { r.push(e.join(':')); } r.push(it.next().done); r.join() // -> "1:a,2:b,true"
(function () { var it = [1,2,3].values(); var [a] = it; return [a, ...it] })() // -> [1, 2, 3]
(function () { var it = new Map([[1, 2]]).entries(); return [it.next(), it.next(), it.next()] })() // -> [{value: [1, 2], done: false}, {value: undefined, done: true}, {value: undefined, done: true}]
(function () { var it = [1, 2].entries(); return [...it, ...it] })() // -> [[0, 1], [1, 2]]
(function () { var it = 'ab'.matchAll(/./g); return [...it].map(m => m[0]) })() // -> ["a", "b"]
