// rule: r-order
var s = ""; function t(x) { s += x; return x } t(1) + t(2) * t(3); s // -> "123"
var s = ""; function t(x) { s += x; return x } t(4) < t(5); [t(6), t(7)]; ({a: t(8), [t(9)]: t(0)}); s // -> "4567890"
var s = ""; var o = {f() {}}; (s += "o", o)[(s += "k", "f")]((s += "a", 1)); s // -> "oka"
var s = ""; var a = {valueOf() { s += "a" }}, b = {valueOf() { s += "b" }}; a < b; a > b; a * b; s // -> "ababab"
var s = ""; function o(n) { s += n; return {} } o("a")[o("b")] = o("c"); s // -> "abc"
var i = 0, a = [i++, i++, i++]; a // -> [0, 1, 2]
var x = 1; x + (x = 5) + x // -> 11
var x = 1; x++ + x++ // -> 3
var i = 5; [i++ + ++i, i-- - --i, i, -i, +'3', ~5, !i, '5' * '2', '5' - 2, '5' + 2, 7 % -3, -7 % 3, 2 ** 3 ** 2, (-2) ** 2].join() // -> "12,2,5,-5,3,-6,false,10,3,52,1,-1,512,4"
var log=[];function t(n,v){log.push(n);return v} [t('o',{})[t('k','x')]] = t('v',[1]); log // -> ["v", "o", "k"]
var log=[];function t(n,v){log.push(n);return v} ({[t('k','a')]: t('o',{})[t('p','x')] = t('d',5)} = t('v',{})); log // -> ["v", "k", "o", "p", "d"]
var log=[];function t(n,v){log.push(n);return v} [t('o',{}).x = t('d',1), t('o2',{}).y] = [undefined, 2]; log // -> ["o", "d", "o2"]
var a=[1,2,3]; [a[2],a[1],a[0]]=a; a // -> [1, 2, 1]
(function () { var log = []; function k(x) { log.push(x); return x } var o = {}; o[k('a')] = k('b'); k({})[k('c')] = k('d'); return log.length })() // -> 5
(function () { var log = []; var o = {get: (k) => (log.push(k), k)}; o[o.get('a')] = o.get('b'); return [log, o.a] })() // -> [["a", "b"], "b"]
(function () { var log = ''; function t(x) { log += x; return x } t(1) + t(2) * t(3); t(4) < t(5); [t(6), t(7)]; ({a: t(8), [t(9)]: t(0)}); return log })() // -> "1234567890"
(function () { var log = ''; function t(x) { log += x; return x } var o = {f() {}}; (log += 'o', o)[(log += 'k', 'f')]((log += 'a', 1)); return log })() // -> "oka"
