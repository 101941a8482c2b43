// rule: r-no-way-out
["__class__", "__dict__", "__globals__", "mro", "call", "props", "gi_frame"].map(k => ({})[k]) // -> [undefined, undefined, undefined, undefined, undefined, undefined, undefined]
(function () {}).__code__ // -> undefined
"".__class__ === undefined && (5).real === undefined && [].items === undefined // -> true
({__class__: 1}).__class__ // -> 1
try { null.x } catch (e) { e.__traceback__ } // -> undefined
// differs: the stack tells nothing of the host
try { null.x } catch (e) { e.stack } // -> "TypeError: Cannot read properties of null (reading 'x')"
"{0.__class__}".replace("{0}", "x") // -> "{0.__class__}"
Math.max.__self__ // -> undefined
