var trace = [], ticks = 0, calls = 0;
function tick() { return ++ticks > 250; }
function enter() { if (++calls > 250) throw new RangeError("u:calls"); }
function quote(s) {
  var text = "";
  for (var i = 0; i < s.length && i < 120; i++) {
    var code = s.charCodeAt(i);
    text += code < 127 && code > 31 ? s[i] : "\\" + code;
  }
  return "'" + text + "'" + (s.length > 120 ? s.length : "");
}
function showError(e) {
  var message = e.message;
  return e.name + (typeof message === "string" && message.slice(0, 2) === "u:" ? ":" + message.slice(2, 40) : "!");
}
function showItems(v, known) {
  var text = "[", count = 0, i;
  for (i = 0; i < v.length && count < 12; i++, count++) text += (i in v ? show(v[i], known) : "hole") + ",";
  return text + (v.length > 12 ? v.length : "") + "]";
}
function show(v, known) {
  if (typeof v === "string") return quote(v);
  if (typeof v === "number") return Object.is(v, -0) ? "-0" : String(v);
  if (typeof v === "function") return "f:" + (typeof v.name === "string" ? quote(v.name) : "?");
  if (v === null || typeof v !== "object") return String(v);
  if (v === globalThis) return "global";
  if (known.indexOf(v) >= 0) return "#" + known.indexOf(v);
  if (known.length > 40) return "...";
  known.push(v);
  var text = "", keys;
  if (v instanceof Error) text = showError(v);
  else if (v instanceof Date) text = "Date" + v.getTime();
  else if (v instanceof RegExp) text = quote(String(v)) + String(v.lastIndex);
  else if (v instanceof Map) text = "Map" + showItems(Array.from(v), known);
  else if (v instanceof Set) text = "Set" + showItems(Array.from(v), known);
  else if (v instanceof Number || v instanceof Boolean || v instanceof String) text = "(" + typeof v.valueOf() + ")";
  else if (Array.isArray(v)) text = showItems(v, known);
  keys = Object.keys(v);
  text += "{" + (Object.isFrozen(v) ? "!" : Object.isSealed(v) ? "." : Object.isExtensible(v) ? "" : "-");
  for (var i = 0, shown = 0; i < keys.length && shown < 12; i++) {
    if (keys[i] === "groups") continue;
    if (text[0] === "[" && String(keys[i] >>> 0) === keys[i]) continue;
    text += quote(keys[i]) + ":" + show(v[keys[i]], known) + ",";
    shown++;
  }
  return text + "}";
}
function t(v) {
  if (trace.length < 300) trace.push(show(v, []));
  return v;
}
