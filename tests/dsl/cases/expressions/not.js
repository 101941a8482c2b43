// rule: r-not
[!0, !"", !null, !undefined, !NaN] // -> [true, true, true, true, true]
[!1, !"0", ![], !{}] // -> [false, false, false, false]
!!"a" // -> true
(function () { return !function() {}() })() // -> true
