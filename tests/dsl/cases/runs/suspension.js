// rule: r-suspension
// with: host=1
wait() // -> suspends
// with: host=1
try { wait() } catch (e) { "caught" } finally { "seen" } // -> suspends
// with: host=1
(function () { try { wait() } finally { return 1 } })() // -> suspends
// with: host=1
a: for (;;) { try { wait() } finally { break a } } // -> suspends
// with: host=1
[3, 1, 2].sort(() => wait()) // -> suspends
// with: host=1
"a".replace(/a/, () => wait()) // -> suspends
// with: host=1
`${{toString() { return wait() }}}` // -> suspends
// with: host=1
if (false) wait(); 5 // -> 5
