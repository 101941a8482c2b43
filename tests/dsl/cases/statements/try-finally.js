// rule: r-try-finally
var r = []; try { r.push(1) } finally { r.push(2) } r // -> [1, 2]
var r = []; try { try { throw 1 } finally { r.push("f") } } catch (e) { r.push(e) } r // -> ["f", 1]
(function () { try { return 1 } finally { return 2 } })() // -> 2
(function () { try { throw 1 } finally { return 2 } })() // -> 2
(function () { try { throw 1 } catch (e) { return e } finally { x = "f" } })() + x; var x // -> "1f"
(function () { for (var i = 0; i < 3; i++) { try { return i } finally { if (i < 2) continue } } })() // -> 2
(function () { a: { try { return 1 } finally { break a } } return 2 })() // -> 2
var r = []; for (var i = 0; i < 3; i++) { try { if (i == 1) continue; r.push(i) } finally { r.push("f") } } r // -> [0, "f", "f", 2, "f"]
try { throw 1 } finally { throw 2 } // -> throws Error: 2
(function () { var x = 1; try { return x } finally { x = 2 } })() // -> 1
(function () { try { return "a" } finally { try { throw 1 } catch { } } })() // -> "a"
var r = []; a: for (;;) { try { for (;;) { try { break a } finally { r.push(1) } } } finally { r.push(2) } } r // -> [1, 2]
// with: fuel=1000
try { for (;;); } finally { 5 } // -> limit
// with: fuel=1000
a: for (;;) { try { for (;;); } finally { break a } } // -> limit
var out = []; outer: for (var i = 0; i < 3; i++) { try { for (;;) { if (i === 1) continue outer; break; } out.push(i); } finally { out.push('f' + i); } } out.join() // -> "0,f0,f1,2,f2"
function f() { try { return 'try'; } finally { for (var i = 0; i < 1; i++) { continue; } } } f() // -> "try"
function f() { l: { try { return 1; } finally { break l; } } return 2; } f() // -> 2
try{}finally{} // -> undefined
try{} // -> syntax error 1:6
(function () { try { return 1 } finally { return 2 } })() // -> 2
(function () { var r = []; for (var i = 0; i < 3; i++) { try { if (i == 1) continue; r.push(i) } finally { r.push('f') } } return r })() // -> [0, "f", "f", 2, "f"]
(function () { var r = []; outer: for (var i = 0; i < 3; i++) { for (;;) { try { continue outer } finally { r.push(i) } } } return r })() // -> [0, 1, 2]
(function () { foo: { try { break foo } finally { var z = 1 } } return z })() // -> 1
(function () { return (() => { try { return 'a' } finally { (() => 'b')() } })() })() // -> "a"
(function () { function f() { for (;;) { try { return 1 } finally { break } } return 2 } return f() })() // -> 2
(function () { function f() { l: for (;;) { try { throw 1 } finally { break l } } return 2 } return f() })() // -> 2
(function () { var n = 0; function f() { while (true) { try { try { n++; if (n < 3) continue; break } finally { n += 10 } } finally { n += 100 } } return n } return f() })() // -> 222
(function () { var r = []; for (var x of [1, 2, 3]) { try { if (x == 2) continue; r.push(x) } finally { r.push('f' + x) } } return r })() // -> [1, "f1", "f2", 3, "f3"]
(function () { var r = []; for (var x of [1, 2, 3]) { try { if (x == 2) break; r.push(x) } finally { r.push('f' + x) } } return r })() // -> [1, "f1", "f2"]
(function () { var r = []; for (var x of [1, 2]) { try { throw x } catch (e) { r.push('c' + e); continue } finally { r.push('f') } } return r })() // -> ["c1", "f", "c2", "f"]
(function () { function f() { try { return 'a' } finally { try { throw 1 } catch { } } } return f() })() // -> "a"
(function () { function f() { try { throw 1 } catch (e) { return 'c' + e } finally { return 'f' } } return f() })() // -> "f"
(function () { function f() { try { throw 1 } finally { return 'f' } } return f() })() // -> "f"
(function () { function f() { for (var i = 0; i < 3; i++) { try { return i } finally { if (i < 2) continue } } } return f() })() // -> 2
(function () { function f() { a: { try { return 1 } finally { break a } } return 2 } return f() })() // -> 2
(function () { var r = []; try { try { throw 1 } finally { r.push('f') } } catch (e) { r.push(e) } return r })() // -> ["f", 1]
(function () { var r = []; try { try { throw 1 } catch (e) { throw e + 1 } finally { r.push('f') } } catch (e) { r.push(e) } return r })() // -> ["f", 2]
(function () { function f(n) { try { if (n == 0) throw 'x'; return f(n - 1) } finally { r.push(n) } } var r = []; try { f(3) } catch (e) { r.push(e) } return r })() // -> [0, 1, 2, 3, "x"]
