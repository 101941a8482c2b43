// rule: r-re-escapes
/^\t\n\v\f\r\0$/.test("\t\n\v\f\r\0") // -> true
[/\cJ/.test("\n"), /\x41/.test("A"), /\u0041/.test("A"), /\u{1F600}/u.test("😀")] // -> [true, true, true, true]
/\ud83d\ude00/u.test("😀") // -> true
/\-/u // -> early error
/\a/u // -> early error
/\x4/u // -> early error
/\u{110000}/u // -> early error
[/\a/.test("a"), /\u{3}/.test("uuu"), /\x4/.test("x4"), /\c/.test("\\c")] // -> [true, true, true, true]
/\1/u // -> early error
[/\101/.test("A"), /\8/.test("8"), /[\1]/.test("\x01")] // -> [true, true, true]
['\\p{Foo}', '\\u{110000}', '\\k<x', '(?<1a>x)', '(?<a', '[b-a]', 'a{2,1}', '\\c', '(?', '\\'].map(function (p) { try { new RegExp(p, 'u'); return 'ok'; } catch (e) { return e.name; } }).join() // -> "SyntaxError,SyntaxError,SyntaxError,SyntaxError,SyntaxError,SyntaxError,SyntaxError,SyntaxError,SyntaxError,SyntaxError"
['\\k<x', '\\c', '\\u{1}', 'a{', ']', '\\8', '[\\c1]', '\\ca'].map(function (p) { try { return new RegExp(p).source; } catch (e) { return e.name; } }).join() // -> "\\k<x,\\c,\\u{1},a{,],\\8,[\\c1],\\ca"
[/\cJ/.test('\n'), /[\b]/.test('\b'), /\x41/.test('A'), /\u0041/.test('A'), /\0/.test('\0'), /\101/.test('A')].join() // -> "true,true,true,true,true,true"
/\cA/.test('\x01') // -> true
/[\cA]/.test('\x01') // -> true
/[\c_]/.test('\x1f') // -> true
/\c_/.test('\\c_') // -> true
/\00/.test('\0') // -> true
/\07/.test('\7') // -> true
/\377/.test('\xff') // -> true
/\400/.test(' 0') // -> true
/[\377]/.test('\xff') // -> true
/\x1/.test('x1') // -> true
/\u12/.test('u12') // -> true
/\udf06/.exec('\ud834\udf06').index // -> 1
