// rule: r-no-globals
// differs: not in the language
[typeof Symbol, typeof Proxy, typeof Reflect, typeof Promise, typeof BigInt] // -> ["undefined", "undefined", "undefined", "undefined", "undefined"]
// differs: not in the language
[typeof WeakMap, typeof WeakSet, typeof WeakRef, typeof FinalizationRegistry] // -> ["undefined", "undefined", "undefined", "undefined"]
// differs: not in the language
[typeof ArrayBuffer, typeof SharedArrayBuffer, typeof DataView, typeof Atomics, typeof Uint8Array, typeof Float64Array, typeof Intl] // -> ["undefined", "undefined", "undefined", "undefined", "undefined", "undefined", "undefined"]
[typeof setTimeout, typeof require, typeof process, typeof fetch, typeof window, typeof document] // -> ["undefined", "undefined", "undefined", "undefined", "undefined", "undefined"]
// differs: not in the language
typeof console // -> "undefined"
// differs: not in the language
Symbol.iterator // -> throws ReferenceError: Symbol is not defined
var Symbol = {iterator: "mine"}; Symbol.iterator // -> "mine"
