// rule: r-strict-equality
[1 === 1, 1 === "1", true === 1, null === undefined] // -> [true, false, false, false]
[NaN === NaN, 0 === -0, "a" === "a", "a" !== "b"] // -> [false, true, true, true]
var o = {}; [o === o, o === {}, [] === [], o !== o] // -> [true, false, false, false]
[1.0 === 1, 0.1 + 0.2 === 0.3, undefined === void 0] // -> [true, false, true]
NaN !== NaN // -> true
typeof NaN // -> "number"
0.1 + 0.2 === 0.3 // -> false
-0 === 0 // -> true
(function () { return [1==='1', true===1, 0===-0, NaN===NaN, null===undefined] })() // -> [false, false, true, false, false]
