// rule: r-other-bounds
// differs: a text has at most so many units
try { "a".repeat(2 ** 28 + 1) } catch (e) { e.name } // -> "RangeError"
// differs: nesting is bounded
try { JSON.parse("[".repeat(5001)) } catch (e) { e.name } // -> "RangeError"
// differs: a pattern has at most so many units
try { new RegExp("a".repeat(20001)) } catch (e) { e.name } // -> "SyntaxError"
try { new Array(-1) } catch (e) { e.name } // -> "RangeError"
try { "a".repeat(-1) } catch (e) { e.name } // -> "RangeError"
