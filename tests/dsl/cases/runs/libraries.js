// rule: r-libraries
// with: host=1
require("double.js")(4) // -> 8
// with: host=1
var c = require("counter.js"); [c.next(), require("counter.js").next(), require("counter.js") === c] // -> [1, 2, true]
// with: host=1
require("names.js"); [typeof own, typeof leaked] // -> ["undefined", "number"]
// with: host=1
require("names.js").strict.call(5) // -> true
// with: host=1
require("first.js").seen // -> 1
// with: host=1
try { require("nowhere.js") } catch (e) { e.message } // -> "There is no library 'nowhere.js'"
// with: host=1
require("broken.js") // -> throws TypeError 2:6
// with: host=1
var n = 0; for (var i = 0; i < 2; i++) try { require("broken.js") } catch (e) { n++ } n // -> 2
// with: host=1 restart=1
var c = require("counter.js"); c.next(); function f() { return [c.next(), require("counter.js").next()] } // -> [2, 3]
require("double.js") // -> throws ReferenceError
