// rule: r-unary-arithmetic
[+"3", +true, +null, +[], +"x"] // -> [3, 1, 0, 0, NaN]
[-"3", -0, - -1, -null] // -> [-3, -0, 1, -0]
[~5, ~-1, ~~5.7, ~"a", ~2 ** 1] // -> early error
[~5, ~-1, ~~5.7, ~"a", ~4294967295] // -> [-6, 0, 5, -1, 0]
+{valueOf() { return 4 }} // -> 4
-{} // -> NaN
~-1 // -> 0
~~"7.9" // -> 7
+true // -> 1
-"5" // -> -5
+"0x1F" // -> 31
+"-0x1F" // -> NaN
+[] // -> 0
+{} // -> NaN
+[5] // -> 5
+"1,2" // -> NaN
+null // -> 0
+undefined // -> NaN
+new Date(5) // -> 5
(function () { return +[] + +'' + +null + +true })() // -> 1
(function () { return [+undefined, +{}, +[5], +'1,2'] })() // -> [NaN, NaN, 5, NaN]
(function () { return [void 0, void 'x', typeof void 0, !'', !'a', !!NaN, !!-0, !![], -'5', +'', - -1, +-+1, ~~5.7] })() // -> [undefined, undefined, "undefined", true, false, false, false, true, -5, 0, 1, -1, 5]
