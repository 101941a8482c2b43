// rule: r-no-async
// differs: not in the language
async function f() {} // -> syntax error: async functions are not part of the script language
// differs: not in the language
async () => 1 // -> syntax error: async functions are not part of the script language
// differs: not in the language
async x => 1 // -> syntax error: async functions are not part of the script language
await x // -> syntax error: async functions and `await` are not part of the script language
// differs: not in the language
({ async f() {} }) // -> syntax error: async functions are not part of the script language
for await (x of []); // -> syntax error
