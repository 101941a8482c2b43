// rule: r-locale
// differs: one form for every locale
(1234567.891).toLocaleString() // -> "1234567.891"
// differs: one form for every locale
(0.5).toLocaleString("de-DE", {style: "percent"}) // -> "0.5"
// differs: one form for every locale
new Date(0).toLocaleString("de-DE") // -> "1/1/1970, 12:00:00 AM"
new Date(86399000).toLocaleDateString() // -> "1/1/1970"
new Date(86399000).toLocaleTimeString() // -> "11:59:59 PM"
// differs: one form for every locale
"I".toLocaleLowerCase("tr") + "i".toLocaleUpperCase("tr") // -> "iI"
["b", "a", "B", "A", "ä", "z"].sort((x, y) => x.localeCompare(y)) // -> ["a", "A", "ä", "b", "B", "z"]
// differs: one form for every locale
[1234.5, new Date(0)].toLocaleString() // -> "1234.5,1/1/1970, 12:00:00 AM"
