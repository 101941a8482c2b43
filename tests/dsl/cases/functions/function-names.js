// rule: r-function-names
var a = function () {}, b = () => 1, {c = () => 2} = {}, [d = function () {}] = []; [a, b, c, d].map(f => f.name) // -> ["a", "b", "c", "d"]
({x: () => 1}).x.name + ({["y" + 1]: function () {}}).y1.name // -> "xy1"
(function () {}).name + (() => 1).name // -> ""
var a = (function () {}); a.name // -> "a"
var a = (0, function () {}); a.name // -> ""
var o = {}; o.p = () => 1; o.p.name // -> ""
var a = function b() {}; a.name // -> "b"
let f; f = () => 1; f.name // -> "f"
((f = () => 1) => f.name)() // -> "f"
var f = function () {}, g = f; g.name // -> "f"
({__proto__: function () {}}).__proto__.name // -> ""
var f; (f) ||= function () {}; var g; g ||= function () {}; [f.name, g.name].join('|') // -> "|g"
