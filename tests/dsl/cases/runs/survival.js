// rule: r-survival
// with: restart=1
var n = 0; function f() { return ++n } f(); f() // -> 3
// with: restart=1
function make() { let n = 5; return {up: () => ++n, get: () => n} } var c = make(); c.up(); function f() { c.up(); return c.get() } // -> 7
// with: restart=1
var a = {}; a.self = a; var b = [a, a]; function f() { return [b[0] === b[1], b[0].self === a] } // -> [true, true]
// with: restart=1
var fs = []; for (let i = 0; i < 3; i++) fs.push(() => i++); fs[1](); function f() { return fs.map(g => g()) } // -> [0, 2, 2]
// with: restart=1
var m = new Map([[NaN, 1], ["k", {}]]), s = new Set([m]); function f() { return [m.get(NaN), m.size, s.has(m)] } // -> [1, 2, true]
// with: restart=1
var d = new Date(5), r = /a(b)?/gi; r.lastIndex = 2; function f() { return [d.getTime(), r.source, r.flags, r.lastIndex] } // -> [5, "a(b)?", "gi", 2]
// with: restart=1
var it = [1, 2, 3].values(); it.next(); function f() { return [...it] } // -> [2, 3]
// with: restart=1
function P(x) { this.x = x } P.prototype.get = function () { return this.x }; var p = new P(4); function f() { return [p.get(), p instanceof P] } // -> [4, true]
// with: restart=1
var o = Object.freeze({a: 1}), a = [1, , 3]; function f() { o.a = 2; return [o.a, a, Object.isFrozen(o)] } // -> [1, [1, hole, 3], true]
// with: restart=1
var g = function (a, b) { return [this.k, a, b] }.bind({k: 1}, 2); function f() { return g(3) } // -> [1, 2, 3]
// with: restart=1
Math = {max: () => "mine"}; function f() { return [Math.max(1, 2), typeof JSON] } // -> ["mine", "object"]
// with: restart=1
let late; function f() { late = (late || 0) + 1; return late } // -> 1
// with: restart=1
var e = new RangeError("m", {cause: 1}); function f() { return [e instanceof RangeError, e.message, e.cause] } // -> [true, "m", 1]
// with: restart=1
var u, z = null, x = -0, y = NaN, i = Infinity; function f() { return [u, z, x, y, i] } // -> [undefined, null, -0, NaN, Infinity]
// with: restart=1
function outer(a) { return function () { a = 9; return arguments.length } } var g = outer(1); function f() { return g(1, 2) } // -> 2
// with: restart=1
const k = 1; function f() { k = 2 } // -> throws TypeError
// with: restart=1
function f() { return x; } var o = {f}; if (0) { let x } // -> throws ReferenceError
