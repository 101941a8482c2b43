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
(function () { var f = function() {}, g = () => {}, {h = function() {}} = {}; return [f.name, g.name, h.name] })() // -> ["f", "g", "h"]
(function () { var f = function() {}; return [f.name, (function() {}).name, (() => {}).name, ({a() {}}).a.name, ({a: () => 1}).a.name, ({['x' + 1]: function() {}})['x1'].name, (function b() {}).name] })() // -> ["f", "", "", "a", "a", "x1", "b"]
(function () { var [f = () => {}] = []; var {g = function() {}} = {}; let h; h = () => {}; (h2) = () => {}; var h2; return [f.name, g.name, h.name, h2.name] })() // -> ["f", "g", "h", ""]
(function () { var o = {}; o.f = () => {}; o['g'] = function() {}; return [o.f.name, o.g.name] })() // -> ["", ""]
(function () { var f; f ??= () => {}; var g = null; g ||= function() {}; return [f && f.name, g && g.name] })() // -> ["f", "g"]
