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

// rule: r-Date.UTC
(function () { return [Date.UTC(-0.5), Date.UTC(99.9), Date.UTC(1970, 0, 1, 80063993375, 29, 1, -288230376151711740), Date.UTC(1970, 0, 213503982336, 0, 0, 0, -18446744073709552000)] })()  // -> [-2208988800000, 915148800000, 29312, 34447360]
[Date.UTC(2020), Date.UTC(2020, 5), Date.UTC(70, 0, 1), Date.UTC(), Date.UTC(2020, 12), Date.UTC(2020, 0, 0), Date.UTC(NaN), Date.UTC(2020, 0, 1, 24, 60, 60, 1000)]  // -> [1577836800000, 1590969600000, 0, NaN, 1609459200000, 1577750400000, NaN, 1577926861000]

// rule: r-Date.now
[typeof Date(), typeof Date.now(), Date.length, Date.name, Date.UTC.length, Date.prototype.setHours.length, Date.prototype.toJSON.length]  // -> ["string", "number", 7, "Date", 7, 4, 1]

// rule: r-Date.parse
[Date.parse("1970-01-01"), Date.parse("+010000-01-01T00:00:00Z"), Date.parse("-000000-01-01T00:00:00Z"), Date.parse("2020-1-1x"), Date.parse("2020-01-01T24:00Z"), Date.parse("2020-01-01T25:00Z")]  // -> [0, 253402300800000, NaN, NaN, 1577923200000, NaN]
(function () { var d = new Date(1577934245678); return [Date.parse(d.toString()), Date.parse(d.toUTCString()), Date.parse(d.toISOString())] })()  // -> [1577934245000, 1577934245000, 1577934245678]

// rule: r-Date.prototype.getFullYear
(function () { var d = new Date(1577934245678); return [d.getFullYear(), d.getMonth(), d.getDate(), d.getDay(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds(), d.getTimezoneOffset(), d.getYear()] })()  // -> [2020, 0, 2, 4, 3, 4, 5, 678, 0, 120]

// rule: r-Date.prototype.getTime
Date.prototype.getTime.call({})  // -> throws TypeError

// rule: r-Date.prototype.getUTCFullYear
(function () { var d = new Date(-1); return [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()] })()  // -> [1969, 11, 31, 3, 23, 59, 59, 999]

// rule: r-Date.prototype.setFullYear
(function () { var d = new Date(0); return [d.setFullYear(2024, 1, 29), d.setMonth(12), d.setDate(0), d.setHours(25, 61), d.setMinutes(-1), d.setSeconds(90, 1), d.setMilliseconds(1001), d.getTime()] })()  // -> [1709164800000, 1738108800000, 1735603200000, 1735696860000, 1735696740000, 1735696830001, 1735696831001, 1735696831001]

// rule: r-Date.prototype.setHours
(function () { var d = new Date(0); return [d.setHours(), d.getTime()] })()  // -> [NaN, NaN]
(function () { var s = []; var d = new Date(NaN); d.setHours({valueOf: () => s.push("h")}, {valueOf: () => s.push("m")}); return s })()  // -> ["h", "m"]

// rule: r-Date.prototype.setMonth
(function () { var d = new Date(NaN); return [d.setMonth(1), d.setFullYear(2020), d.getTime()] })()  // -> [NaN, 1577836800000, 1577836800000]

// rule: r-Date.prototype.setTime
(function () { var d = new Date(0); return [d.setTime("5"), d.setTime(), d.getTime()] })()  // -> [5, NaN, NaN]

// rule: r-Date.prototype.setYear
(function () { var d = new Date(0); d.setYear(95); return [d.getFullYear(), d.setYear(NaN)] })()  // -> [1995, NaN]

// rule: r-Date.prototype.toISOString
new Date("2020-01-02T03:04:05+02:00").toISOString()  // -> "2020-01-02T01:04:05.000Z"
new Date(8.64e15).toISOString()  // -> "+275760-09-13T00:00:00.000Z"
new Date(-8.64e15).toISOString()  // -> "-271821-04-20T00:00:00.000Z"
new Date(NaN).toISOString()  // -> throws RangeError
new Date(253402300800000).toISOString()  // -> "+010000-01-01T00:00:00.000Z"
new Date(-62167219200001).toISOString()  // -> "-000001-12-31T23:59:59.999Z"

// rule: r-Date.prototype.toJSON
Date.prototype.toJSON.call({toISOString: () => "iso"})  // -> "iso"
Date.prototype.toJSON.call({valueOf: () => NaN})  // -> null

// rule: r-Date.prototype.toString
// differs: the name of the time zone is free (21.4.4.41.3)
(function () { var d = new Date(1577934245678); return [d.toString(), d.toDateString(), d.toTimeString(), d.toUTCString(), d.toISOString(), d.toJSON()] })()  // -> ["Thu Jan 02 2020 03:04:05 GMT+0000 (UTC)", "Thu Jan 02 2020", "03:04:05 GMT+0000 (UTC)", "Thu, 02 Jan 2020 03:04:05 GMT", "2020-01-02T03:04:05.678Z", "2020-01-02T03:04:05.678Z"]
// differs: the name of the time zone is free (21.4.4.41.3)
new Date(-62198755200000).toString()  // -> "Fri Jan 01 -0001 00:00:00 GMT+0000 (UTC)"
Date.prototype.toString.call({})  // -> throws TypeError

// rule: r-Date.prototype.toUTCString
new Date(-62198755200000).toUTCString()  // -> "Fri, 01 Jan -0001 00:00:00 GMT"
Date.prototype.toGMTString === Date.prototype.toUTCString  // -> true

// rule: r-Date.prototype.valueOf
new Date(2016, 0).valueOf()  // -> 1451606400000
