// rule: r-try-catch
try { throw 1 } catch (e) { e } // -> 1
try { 1 } catch (e) { 2 } // -> 1
try { throw 1 } catch { 5 } // -> 5
try { null.x } catch ({name, message}) { [name, typeof message] } // -> ["TypeError", "string"]
try { throw [1, 2] } catch ([a, b]) { [a, b] } // -> [1, 2]
var e = 5; try { throw 1 } catch (e) { e = 2 } e // -> 5
try { throw 1 } catch (e) { var e = 2 } e // -> undefined
try { try { throw 1 } catch (e) { throw e + 1 } } catch (e) { e } // -> 2
try { nobody() } catch (e) { e.name } // -> "ReferenceError"
try { (void 0)() } catch (e) { e instanceof TypeError } // -> true
try 1; catch (e) {} // -> syntax error
try {} // -> syntax error
try { throw 1 } catch ({}) { 6 } // -> 6
try { throw null } catch ({a}) { } // -> throws TypeError
try {} catch (a, b) {} // -> syntax error
try {} catch (e) { let e } // -> early error
var f = []; for (var i of [1, 2]) try { throw i } catch (e) { f.push(() => e) } f.map(g => g()) // -> [1, 2]
try{}catch(e){var e} // -> undefined
try{}catch(e){let e} // -> early error 1:19
try{}catch([e]){var e} // -> early error 1:21
try{}catch(e){for(var e of []);} // -> undefined
try{}catch(e){for(var e in {});} // -> undefined
try{}catch(e){for(let e of []);} // -> undefined
try{}catch(e){function e(){}} // -> early error 1:15
try{}catch(e){{function e(){}}} // -> undefined
try{}catch{} // -> undefined
try{}catch(){} // -> syntax error 1:12
(function () { try { throw 1 } catch (e) { return e } finally { } })() // -> 1
(function () { function f() { try { throw new TypeError('x') } catch ({name, message}) { return [name, message] } } return f() })() // -> ["TypeError", "x"]
(function () { try { null.foo } catch (e) { return [e.name, e instanceof TypeError, e instanceof Error] } })() // -> ["TypeError", true, true]
(function () { try { throw {code: 5} } catch ({code}) { return code } })() // -> 5
(function () { var x = 'outer'; try { throw 'inner' } catch (x) { var y = x } return [x, y] })() // -> ["outer", "inner"]
(function () { try { throw [1, {a: 2}] } catch ([x, {a}]) { return [x, a] } })() // -> [1, 2]
(function () { try { throw undefined } catch (e) { return e === undefined } })() // -> true
(function () { try { throw null } catch (e) { return e } })() // -> null
(function () { var f; try { throw 1 } catch (e) { f = () => e } return f() })() // -> 1
(function () { var fs = []; for (var i of [1, 2]) try { throw i } catch (e) { fs.push(() => e) } return fs.map(f => f()) })() // -> [1, 2]
