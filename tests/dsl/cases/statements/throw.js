// rule: r-throw
throw new TypeError("bad") // -> throws TypeError 1:1: bad
throw "text" // -> throws Error 1:1: text
throw {name: "Mine", message: "m"} // -> throws Mine: m
throw null // -> throws Error: null
try { throw 5 } catch (e) { e } // -> 5
throw // -> syntax error
try { throw undefined } catch (e) { e === undefined } // -> true
function Own() {} throw new Own() // -> throws Own
throw {} // -> throws Object
