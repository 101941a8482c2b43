// rule: r-Date
new Date(0)  // -> Date(1970-01-01T00:00:00.000Z)
new Date(2020, 0)  // -> Date(2020-01-01T00:00:00.000Z)
new Date(2020, 1, 30)  // -> Date(2020-03-01T00:00:00.000Z)
new Date(2020, 0, 1, 10, 20, 30, 40)  // -> Date(2020-01-01T10:20:30.040Z)
new Date("2020-01-02")  // -> Date(2020-01-02T00:00:00.000Z)
new Date("2020-01-02T03:04")  // -> Date(2020-01-02T03:04:00.000Z)
String(new Date(NaN))  // -> "Invalid Date"
new Date(5) - new Date(3)  // -> 2
// differs: the name of the time zone is free (21.4.4.41.3)
new Date(0) + 1  // -> "Thu Jan 01 1970 00:00:00 GMT+0000 (UTC)1"
typeof (new Date(0) + new Date(0))  // -> "string"
new Date(0) == 0  // -> false
new Date(0) < new Date(1)  // -> true
new Date(99, 0).getFullYear()  // -> 1999
new Date(0, 0, 1).getFullYear()  // -> 1900
new Date("2020-01-02T03:04:05.678Z").getTime()  // -> 1577934245678
new Date("nonsense").getTime()  // -> NaN
new Date(8.64e15 + 1).getTime()  // -> NaN
new Date(undefined).getTime()  // -> NaN
new Date(null).getTime()  // -> 0
new Date(true).getTime()  // -> 1
new Date(new Date(5)).getTime()  // -> 5
new Date(1.9).getTime()  // -> 1
new Date(-1.9).getTime()  // -> -1
new Date(2019, 12, 1, 0, 0, 0).getTime() === new Date(2020, 0, 1).getTime()  // -> true
new Date({valueOf: () => 7}).getTime()  // -> 7
new Date("2020-01-01T00:00:00.1Z").getTime()  // -> 1577836800100
new Date(2020, NaN).getTime()  // -> NaN
new Date(1e9, 0).getTime()  // -> NaN
new Date(NaN).getTime() + '|' + isNaN(new Date(8.64e15 + 1)) + '|' + new Date(0).toISOString() + '|' + new Date(-1).getUTCMilliseconds() + '|' + new Date(2020, 13, 1).getUTCFullYear() + '|' + Date.UTC(99, 0) + '|' + new Date(8.64e15).toISOString() + '|' + new Date(-62198755200000).toISOString() // -> "NaN|true|1970-01-01T00:00:00.000Z|999|2021|915148800000|+275760-09-13T00:00:00.000Z|-000001-01-01T00:00:00.000Z"
new Date(2020,1,29).getMonth() // -> 1
new Date(2021,1,29).getMonth() // -> 2
new Date(0,0).getFullYear() // -> 1900
new Date(99,0).getFullYear() // -> 1999
new Date(100,0).getFullYear() // -> 100
new Date(-1,0).getFullYear() // -> -1
new Date(2020,0,1,24).getDate() // -> 2
new Date(2020,0,0).getDate() // -> 31
new Date(2020,-1).getMonth() // -> 11
new Date('2020').getTime() // -> 1577836800000
new Date('2020-13').getTime() // -> NaN
new Date('2020-00-01').getTime() // -> NaN
new Date('2020-01-32').getTime() // -> NaN
new Date('2020-01-01T24:00:00Z').getTime() // -> 1577923200000
new Date('2020-01-01T24:00:01Z').getTime() // -> NaN
new Date('2020-01-01T12:00+01:30').toISOString() // -> "2020-01-01T10:30:00.000Z"
new Date('2020-01-01T12:00-00:00').toISOString() // -> "2020-01-01T12:00:00.000Z"
new Date('+002020-01-01').getTime() // -> 1577836800000
new Date('-000001-01-01T00:00Z').getTime() // -> -62198755200000
new Date('+275760-09-13T00:00:00.000Z').getTime() // -> 8640000000000000
new Date('+275760-09-13T00:00:00.001Z').getTime() // -> NaN
new Date('2020-01-01T00:00:00.123456Z').getTime() // -> 1577836800123
new Date('2020-01-01T00:00:00,5Z').getTime() // -> NaN
new Date('Jan 1 2020').getTime() // -> 1577836800000
new Date('1 January 2020 10:00 UTC').getTime() // -> 1577872800000
new Date('Tue, 07 Jan 2020 10:00:00 GMT').getTime() // -> 1578391200000
new Date('2020/01/02').getTime() // -> 1577923200000
new Date('01/02/2020').getTime() // -> 1577923200000
new Date('12:00').getTime() // -> NaN
new Date('').getTime() // -> NaN
new Date(null).getTime() // -> 0
new Date([2020,0]).getTime() // -> NaN
new Date('1577836800000').getTime() // -> NaN
new Date(1e81).getTime() // -> NaN
new Date(8.64e15+0.5).getTime() // -> 8640000000000000
new Date(true).getTime() // -> 1
new Date({}).getTime() // -> NaN
new Date(new Date(3)).getTime() // -> 3
new Date(2020,0,1,0,0,0,0.9).getTime() // -> 1577836800000
Date.length + Date.UTC.length // -> 14
new Date(2020,5).valueOf() === +new Date(2020,5) // -> true
(function () { return [new Date(0).toISOString(), typeof Date.now(), new Date(2020, 0, 15).getMonth()] })() // -> ["1970-01-01T00:00:00.000Z", "number", 0]

// rule: r-Date.UTC
(function () { return [Date.UTC(-0.5), Date.UTC(99.9), Date.UTC(1970, 0, 1, 80063993375, 29, 1, -288230376151711740), Date.UTC(1970, 0, 213503982336, 0, 0, 0, -18446744073709552000)] })()  // -> [-2208988800000, 915148800000, 29312, 34447360]
[Date.UTC(2020), Date.UTC(2020, 5), Date.UTC(70, 0, 1), Date.UTC(), Date.UTC(2020, 12), Date.UTC(2020, 0, 0), Date.UTC(NaN), Date.UTC(2020, 0, 1, 24, 60, 60, 1000)]  // -> [1577836800000, 1590969600000, 0, NaN, 1609459200000, 1577750400000, NaN, 1577926861000]
Date.UTC(1970, 0, 2) // -> 86400000
Date.UTC(2020, 1, 30) // -> 1583020800000
Date.UTC(275761) // -> NaN
Date.UTC(500000, -12 * 498030) // -> 0
Date.UTC(2020,11,31,23,59,60) // -> 1609459200000
Date.UTC(1e300) // -> NaN
Date.UTC('2020','1') // -> 1580515200000
Date.UTC(2020,undefined) // -> NaN
Date.UTC(2020,null) // -> 1577836800000

// rule: r-Date.now
[typeof Date(), typeof Date.now(), Date.length, Date.name, Date.UTC.length, Date.prototype.setHours.length, Date.prototype.toJSON.length]  // -> ["string", "number", 7, "Date", 7, 4, 1]
// with: clock=1500
Date.now() // -> 1500
typeof Date.now() // -> "number"
new Date.now // -> throws TypeError

// rule: r-Date.parse
[Date.parse("1970-01-01"), Date.parse("+010000-01-01T00:00:00Z"), Date.parse("-000000-01-01T00:00:00Z"), Date.parse("2020-1-1x"), Date.parse("2020-01-01T24:00Z"), Date.parse("2020-01-01T25:00Z")]  // -> [0, 253402300800000, NaN, NaN, 1577923200000, NaN]
(function () { var d = new Date(1577934245678); return [Date.parse(d.toString()), Date.parse(d.toUTCString()), Date.parse(d.toISOString())] })()  // -> [1577934245000, 1577934245000, 1577934245678]
// differs: what is not of the form of 21.4.1.32 is free
Date.parse("2020-02-30") // -> NaN
Date.parse("Thu, 01 Jan 1970 00:00:01 GMT") // -> 1000
Date.parse() // -> NaN
Date.parse("1970-01-01T00:00:00.5Z") // -> 500
Date.parse("1970-01-01T00:00:00.0000000001Z") // -> 0
[Date.parse("1970-01-01t01:00:00z"), Date.parse("1970-01-01T01:00:00+0100")] // -> [3600000, 0]

// rule: r-Date.prototype.getDate
new Date(0).getDate() // -> 1
new Date(NaN).getDate() // -> NaN
new Date(0).getDate.call({}) // -> throws TypeError

// rule: r-Date.prototype.getDay
new Date(0).getDay() // -> 4
new Date(-86400000).getDay() // -> 3
new Date(NaN).getDay() // -> NaN

// rule: r-Date.prototype.getFullYear
(function () { var d = new Date(1577934245678); return [d.getFullYear(), d.getMonth(), d.getDate(), d.getDay(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds(), d.getTimezoneOffset(), d.getYear()] })()  // -> [2020, 0, 2, 4, 3, 4, 5, 678, 0, 120]
new Date(8.64e15).getFullYear() // -> 275760
new Date(-62198755200000).getFullYear() // -> -1
new Date(0).getFullYear.call(0) // -> throws TypeError

// rule: r-Date.prototype.getHours
new Date(3600000).getHours() // -> 1
new Date(-1).getHours() // -> 23
new Date(NaN).getHours() // -> NaN

// rule: r-Date.prototype.getMilliseconds
new Date(1001).getMilliseconds() // -> 1
new Date(-1).getMilliseconds() // -> 999
new Date(NaN).getMilliseconds() // -> NaN

// rule: r-Date.prototype.getMinutes
new Date(61000).getMinutes() // -> 1
new Date(-1).getMinutes() // -> 59
new Date(NaN).getMinutes() // -> NaN

// rule: r-Date.prototype.getMonth
new Date(2020, 11, 31).getMonth() // -> 11
new Date(NaN).getMonth() // -> NaN
new Date(0).getMonth.call(null) // -> throws TypeError

// rule: r-Date.prototype.getSeconds
new Date(61000).getSeconds() // -> 1
new Date(-1).getSeconds() // -> 59
new Date(NaN).getSeconds() // -> NaN

// rule: r-Date.prototype.getTime
Date.prototype.getTime.call({})  // -> throws TypeError
new Date(5).getTime() // -> 5
new Date(NaN).getTime() // -> NaN
new Date(0).getTime.call(5) // -> throws TypeError
(function () { return new Date(NaN).getTime() })() // -> NaN

// rule: r-Date.prototype.getTimezoneOffset
new Date(0).getTimezoneOffset() // -> 0
new Date(NaN).getTimezoneOffset() // -> NaN
new Date(0).getTimezoneOffset.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCDate
new Date(86400000).getUTCDate() // -> 2
new Date(NaN).getUTCDate() // -> NaN
new Date(0).getUTCDate.call([]) // -> throws TypeError

// rule: r-Date.prototype.getUTCDay
new Date(86400000).getUTCDay() // -> 5
new Date(NaN).getUTCDay() // -> NaN
new Date(0).getUTCDay.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCFullYear
(function () { var d = new Date(-1); return [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()] })()  // -> [1969, 11, 31, 3, 23, 59, 59, 999]
new Date(-1).getUTCFullYear() // -> 1969
new Date(NaN).getUTCFullYear() // -> NaN
new Date(0).getUTCFullYear.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCHours
new Date(7200000).getUTCHours() // -> 2
new Date(NaN).getUTCHours() // -> NaN
new Date(0).getUTCHours.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCMilliseconds
new Date(-1).getUTCMilliseconds() // -> 999
new Date(NaN).getUTCMilliseconds() // -> NaN
new Date(0).getUTCMilliseconds.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCMinutes
new Date(120000).getUTCMinutes() // -> 2
new Date(NaN).getUTCMinutes() // -> NaN
new Date(0).getUTCMinutes.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCMonth
new Date(2678400000).getUTCMonth() // -> 1
new Date(NaN).getUTCMonth() // -> NaN
new Date(0).getUTCMonth.call({}) // -> throws TypeError

// rule: r-Date.prototype.getUTCSeconds
new Date(2999).getUTCSeconds() // -> 2
new Date(NaN).getUTCSeconds() // -> NaN
new Date(0).getUTCSeconds.call({}) // -> throws TypeError

// rule: r-Date.prototype.getYear
new Date(0).getYear() // -> 70
new Date(2020, 0).getYear() // -> 120
new Date(NaN).getYear() // -> NaN

// rule: r-Date.prototype.setDate
var d = new Date(0); [d.setDate(32), d.getMonth()] // -> [2678400000, 1]
var d = new Date(0); d.setDate(0) // -> -86400000
var d = new Date(0); [d.setDate(), d.getTime()] // -> [NaN, NaN]
new Date(NaN).setDate(1) // -> NaN

// rule: r-Date.prototype.setFullYear
(function () { var d = new Date(0); return [d.setFullYear(2024, 1, 29), d.setMonth(12), d.setDate(0), d.setHours(25, 61), d.setMinutes(-1), d.setSeconds(90, 1), d.setMilliseconds(1001), d.getTime()] })()  // -> [1709164800000, 1738108800000, 1735603200000, 1735696860000, 1735696740000, 1735696830001, 1735696831001, 1735696831001]
var d = new Date(NaN); d.setFullYear(1970) // -> 0
var d = new Date(0); d.setFullYear(1972, 1, 29); d.toISOString() // -> "1972-02-29T00:00:00.000Z"
new Date(0).setFullYear.call({}, 1) // -> throws TypeError
var d=new Date(0); d.setFullYear(2020,NaN); d.getTime() // -> NaN
var d=new Date(NaN); d.setFullYear(2020); d.toISOString() // -> "2020-01-01T00:00:00.000Z"

// rule: r-Date.prototype.setHours
(function () { var d = new Date(0); return [d.setHours(), d.getTime()] })()  // -> [NaN, NaN]
(function () { var s = []; var d = new Date(NaN); d.setHours({valueOf: () => s.push("h")}, {valueOf: () => s.push("m")}); return s })()  // -> ["h", "m"]
var d = new Date(0); d.setHours(1, 2, 3, 4) // -> 3723004
var d = new Date(0); d.setHours(25) // -> 90000000
new Date(0).setHours.call(0, 1) // -> throws TypeError
var d=new Date(NaN); d.setHours(1); d.getTime() // -> NaN

// rule: r-Date.prototype.setMilliseconds
new Date(0).setMilliseconds(1500) // -> 1500
new Date(0).setMilliseconds("7") // -> 7
new Date(NaN).setMilliseconds(1) // -> NaN

// rule: r-Date.prototype.setMinutes
new Date(0).setMinutes(1, 1, 1) // -> 61001
new Date(0).setMinutes(-1) // -> -60000
new Date(0).setMinutes() // -> NaN
var d=new Date(0); d.setMinutes(90); d.toISOString() // -> "1970-01-01T01:30:00.000Z"

// rule: r-Date.prototype.setMonth
(function () { var d = new Date(NaN); return [d.setMonth(1), d.setFullYear(2020), d.getTime()] })()  // -> [NaN, 1577836800000, 1577836800000]
new Date(0).setMonth(1) // -> 2678400000
new Date(0).setMonth(12, 1) // -> 31536000000
var d = new Date(NaN); [d.setMonth(1), d.getTime()] // -> [NaN, NaN]
var d=new Date(0); d.setMonth(1,31); d.toISOString() // -> "1970-03-03T00:00:00.000Z"

// rule: r-Date.prototype.setSeconds
new Date(0).setSeconds(61) // -> 61000
new Date(0).setSeconds(1, 1) // -> 1001
new Date(0).setSeconds.call({}) // -> throws TypeError
var d=new Date(0); d.setSeconds(-1,500); d.toISOString() // -> "1969-12-31T23:59:59.500Z"

// rule: r-Date.prototype.setTime
(function () { var d = new Date(0); return [d.setTime("5"), d.setTime(), d.getTime()] })()  // -> [5, NaN, NaN]
new Date(5).setTime(7.9) // -> 7
new Date(5).setTime(8.64e15 + 1) // -> NaN
new Date(0).setTime.call({}, 1) // -> throws TypeError
var d=new Date(5); d.setTime(); d.getTime() // -> NaN

// rule: r-Date.prototype.setUTCDate
new Date(0).setUTCDate(2) // -> 86400000
new Date(0).setUTCDate(NaN) // -> NaN
new Date(0).setUTCDate.call({}, 1) // -> throws TypeError
var d=new Date(0); d.setUTCDate(31); d.setUTCMonth(1); d.toISOString() // -> "1970-03-03T00:00:00.000Z"

// rule: r-Date.prototype.setUTCFullYear
new Date(0).setUTCFullYear(1971) // -> 31536000000
new Date(NaN).setUTCFullYear(1970, 0, 2) // -> 86400000
new Date(0).setUTCFullYear.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.setUTCHours
new Date(0).setUTCHours(1) // -> 3600000
new Date(0).setUTCHours(0, 0, 0, 1) // -> 1
new Date(0).setUTCHours.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.setUTCMilliseconds
new Date(0).setUTCMilliseconds(5) // -> 5
new Date(0).setUTCMilliseconds() // -> NaN
new Date(0).setUTCMilliseconds.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.setUTCMinutes
new Date(0).setUTCMinutes(1) // -> 60000
new Date(0).setUTCMinutes(0, 1, 1) // -> 1001
new Date(0).setUTCMinutes.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.setUTCMonth
new Date(0).setUTCMonth(1, 1) // -> 2678400000
new Date(NaN).setUTCMonth(1) // -> NaN
new Date(0).setUTCMonth.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.setUTCSeconds
new Date(0).setUTCSeconds(1) // -> 1000
new Date(0).setUTCSeconds(0, -1) // -> -1
new Date(0).setUTCSeconds.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.setYear
(function () { var d = new Date(0); d.setYear(95); return [d.getFullYear(), d.setYear(NaN)] })()  // -> [1995, NaN]
var d = new Date(0); d.setYear(95); d.getFullYear() // -> 1995
var d = new Date(0); d.setYear(2005); d.getFullYear() // -> 2005
new Date(0).setYear() // -> NaN
new Date(0).setYear.call({}, 1) // -> throws TypeError

// rule: r-Date.prototype.toDateString
new Date(0).toDateString() // -> "Thu Jan 01 1970"
new Date(NaN).toDateString() // -> "Invalid Date"
new Date(0).toDateString.call({}) // -> throws TypeError

// rule: r-Date.prototype.toGMTString
new Date(0).toGMTString === new Date(0).toUTCString // -> true
new Date(0).toGMTString() // -> "Thu, 01 Jan 1970 00:00:00 GMT"
new Date(0).toGMTString.call({}) // -> throws TypeError

// rule: r-Date.prototype.toISOString
new Date("2020-01-02T03:04:05+02:00").toISOString()  // -> "2020-01-02T01:04:05.000Z"
new Date(8.64e15).toISOString()  // -> "+275760-09-13T00:00:00.000Z"
new Date(-8.64e15).toISOString()  // -> "-271821-04-20T00:00:00.000Z"
new Date(NaN).toISOString()  // -> throws RangeError
new Date(253402300800000).toISOString()  // -> "+010000-01-01T00:00:00.000Z"
new Date(-62167219200001).toISOString()  // -> "-000001-12-31T23:59:59.999Z"
new Date(-1).toISOString() // -> "1969-12-31T23:59:59.999Z"
new Date(0).toISOString.call({}) // -> throws TypeError
try { new Date(NaN).toISOString(); } catch (e) { e.name } // -> "RangeError"

// rule: r-Date.prototype.toJSON
Date.prototype.toJSON.call({toISOString: () => "iso"})  // -> "iso"
Date.prototype.toJSON.call({valueOf: () => NaN})  // -> null
new Date(NaN).toJSON() // -> null
new Date(0).toJSON() // -> "1970-01-01T00:00:00.000Z"
new Date(0).toJSON.call({}) // -> throws TypeError
typeof Date.prototype.toJSON.call({toISOString(){return 1}}) // -> "number"
new Date(0).toJSON(1) // -> "1970-01-01T00:00:00.000Z"
new Date(8.64e15).toJSON() // -> "+275760-09-13T00:00:00.000Z"

// rule: r-Date.prototype.toLocaleDateString
new Date(0).toLocaleDateString() // -> "1/1/1970"
new Date(NaN).toLocaleDateString() // -> "Invalid Date"
// differs: one form for every locale
new Date(0).toLocaleDateString("de") // -> "1/1/1970"
new Date(0).toLocaleDateString.call({}) // -> throws TypeError

// rule: r-Date.prototype.toLocaleString
new Date(43200000).toLocaleString() // -> "1/1/1970, 12:00:00 PM"
new Date(NaN).toLocaleString() // -> "Invalid Date"
new Date(0).toLocaleString.call({}) // -> throws TypeError

// rule: r-Date.prototype.toLocaleTimeString
new Date(3723000).toLocaleTimeString() // -> "1:02:03 AM"
new Date(NaN).toLocaleTimeString() // -> "Invalid Date"
new Date(0).toLocaleTimeString.call({}) // -> throws TypeError

// rule: r-Date.prototype.toString
// differs: the name of the time zone is free (21.4.4.41.3)
(function () { var d = new Date(1577934245678); return [d.toString(), d.toDateString(), d.toTimeString(), d.toUTCString(), d.toISOString(), d.toJSON()] })()  // -> ["Thu Jan 02 2020 03:04:05 GMT+0000 (UTC)", "Thu Jan 02 2020", "03:04:05 GMT+0000 (UTC)", "Thu, 02 Jan 2020 03:04:05 GMT", "2020-01-02T03:04:05.678Z", "2020-01-02T03:04:05.678Z"]
// differs: the name of the time zone is free (21.4.4.41.3)
new Date(-62198755200000).toString()  // -> "Fri Jan 01 -0001 00:00:00 GMT+0000 (UTC)"
Date.prototype.toString.call({})  // -> throws TypeError

// rule: r-Date.prototype.toTimeString
// differs: the name of the time zone is free (21.4.4.41.3)
new Date(0).toTimeString() // -> "00:00:00 GMT+0000 (UTC)"
new Date(NaN).toTimeString() // -> "Invalid Date"
new Date(0).toTimeString.call({}) // -> throws TypeError

// rule: r-Date.prototype.toUTCString
new Date(-62198755200000).toUTCString()  // -> "Fri, 01 Jan -0001 00:00:00 GMT"
Date.prototype.toGMTString === Date.prototype.toUTCString  // -> true
new Date(0).toUTCString() // -> "Thu, 01 Jan 1970 00:00:00 GMT"
new Date(NaN).toUTCString() // -> "Invalid Date"
new Date(0).toUTCString.call({}) // -> throws TypeError
new Date(1e12).toUTCString() // -> "Sun, 09 Sep 2001 01:46:40 GMT"
new Date(-1e13).toUTCString() // -> "Mon, 10 Feb 1653 06:13:20 GMT"
new Date(253402300800000).toUTCString() // -> "Sat, 01 Jan 10000 00:00:00 GMT"

// rule: r-Date.prototype.valueOf
new Date(2016, 0).valueOf()  // -> 1451606400000
new Date(5).valueOf() // -> 5
new Date(5) * 1 // -> 5
new Date(0).valueOf.call({}) // -> throws TypeError
