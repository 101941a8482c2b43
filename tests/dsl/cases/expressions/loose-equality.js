// rule: r-loose-equality
[1 == "1", 0 == "", 0 == false, "0" == false, 1 == true, "1" == true] // -> [true, true, true, true, true, true]
[null == undefined, null == 0, undefined == false, null == ""] // -> [true, false, false, false]
[[] == "", [1] == 1, [1, 2] == "1,2", ({}) == "[object Object]", [] == []] // -> [true, true, true, true, false]
[NaN == NaN, 0 == -0, NaN != NaN, "a" == NaN] // -> [false, true, true, false]
["a" == "a", "a" != "b", true == "true", "" == "0"] // -> [true, true, false, false]
[new String("a") == "a", new String("a") == new String("a"), Object(1) == 1] // -> [true, false, true]
[[] == ![], "1.0" == 1, " 1 " == 1] // -> [true, true, true]
({valueOf() { return 1 }}) == "1" // -> true
[1 == '1', null == undefined, null == 0, '' == 0, '0' == false, [] == '', [1] == 1, ({}) == '[object Object]', NaN == NaN, true == '1', 'a' == NaN].join() // -> "true,true,false,true,true,true,true,true,false,true,false"
null == 0 // -> false
undefined == 0 // -> false
"" == 0 // -> true
"0" == false // -> true
[0] == false // -> true
[[]] == 0 // -> true
({}) == "[object Object]" // -> true
new String("a") == "a" // -> true
new String("a") == new String("a") // -> false
(function () { return [null==undefined, null==0, ''==0, '0'==false, [1]==1, NaN==NaN, 'a'=='a', true=='1', ({})=='[object Object]'] })() // -> [true, false, true, true, true, false, true, true, true]
(function () { return [null == 0, null >= 0, null > 0, undefined == null, undefined == 0, '' == 0, '0' == 0, ' ' == 0, 'a' == NaN, [] == false, [] == ![], [0] == false, ({}) == '[object Object]', 1 == '1.0', true == 'true', true == '1', 'x' == new String('x'), new String('x') == new String('x')] })() // -> [false, true, false, true, false, true, true, true, false, true, true, true, true, true, false, true, true, false]
