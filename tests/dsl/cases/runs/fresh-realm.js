// rule: r-fresh-realm
leak = (globalThis.leak || 0) + 1; leak // -> 1
// differs: built-ins are frozen
Array.prototype.leak = 1; [].leak // -> undefined
Math = 1; Math // -> 1
Math.max(1, 2) // -> 2
