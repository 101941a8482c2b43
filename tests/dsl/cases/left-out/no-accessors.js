// rule: r-no-accessors
// differs: not in the language
({ get a() { return 1 } }) // -> syntax error 1:8: getters and setters are not part of the script language
// differs: not in the language
({ set a(v) {} }) // -> syntax error: getters and setters are not part of the script language
// differs: not in the language
({ get [1]() {} }) // -> syntax error: getters and setters are not part of the script language
({ get() { return 1 } }).get() // -> 1
({ get: 2, set: 3 }).set // -> 3
