// rule: r-catch-scope
try { throw 1 } catch (e) { var e = 2; var r = e } [r, e] // -> [2, undefined]
var e = 5; try { throw 1 } catch (e) { e = 6 } e // -> 5
try { throw 1 } catch ([e]) { var e } // -> early error
try { throw 1 } catch (e) { let e } // -> early error
try { throw 1 } catch (e) { { let e = 2 } e } // -> 1
try { throw 1 } catch (e) { for (var e of [2]); } // -> undefined
try { throw 1 } catch (e) { function e() {} } // -> early error
try { throw 1 } catch (f) { var f = 2; var g = f } [typeof f, g] // -> ["undefined", 2]
(function () { try { throw 1 } catch (e) { var e = 'x'; } return e })() // -> undefined
(function () { try { throw 1 } catch (e) { var e = 2 } return typeof e })() // -> "undefined"
