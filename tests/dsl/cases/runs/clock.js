// rule: r-clock
// with: clock=86400000
[Date.now(), new Date().getTime(), new Date().toISOString()] // -> [86400000, 86400000, "1970-01-02T00:00:00.000Z"]
// with: clock=1234
Date() // -> "Thu Jan 01 1970 00:00:01 GMT+0000 (UTC)"
// with: clock=5
for (var i = 0; i < 1000; i++); Date.now() // -> 5
new Date(0).getTimezoneOffset() // -> 0
// with: clock=5
Date.now = () => 7; Date.now() // -> 5
