// rule: r-uncatchable
// with: fuel=1000
try { for (;;); } catch (e) { "caught" } // -> limit
// with: fuel=1000
try { for (;;); } finally { "seen" } // -> limit
// with: fuel=1000
(function () { try { for (;;); } finally { return 1 } })() // -> limit
// with: fuel=1000
a: try { for (;;); } finally { break a } // -> limit
// with: fuel=1000
for (var i = 0; i < 2; i++) try { for (;;); } finally { continue } // -> limit
try { (function f() { f() })() } catch (e) { "caught" } // -> limit
// with: memory=50000
try { "x".repeat(1e6) } catch (e) { "caught" } finally { "seen" } // -> limit
// with: fuel=1000
[1].map(() => { try { for (;;); } finally { throw 1 } }) // -> limit
// with: fuel=1000
`${{toString() { try { for (;;); } finally { return "a" } }}}` // -> limit
