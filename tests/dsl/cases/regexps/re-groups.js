// rule: r-re-groups
/(a)(b)?/.exec("a") // -> ["a", "a", undefined]
/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac") // -> ["zaacbbbcac", "z", "ac", "a", undefined, "c"]
/(?:a(b))+/.exec("abab") // -> ["abab", "b"]
/(/ // -> early error
/)/ // -> early error
/(?a)/ // -> early error
/(()|a)+b/.exec("aab") // -> ["aab", "a", undefined]
/(a)|b/.exec("b") // -> ["b", undefined]
