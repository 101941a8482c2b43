function show(v) {
  if (typeof v === "string") return JSON.stringify(v);
  if (typeof v === "number") return Object.is(v, -0) ? "-0" : String(v);
  if (typeof v === "function") return "function " + v.name;
  if (v === null || typeof v !== "object") return String(v);
  if (v instanceof Error) return String(v.name) + "!";
  if (v instanceof Date) return isNaN(v) ? "Date(NaN)" : "Date(" + v.toISOString() + ")";
  if (v instanceof RegExp) return String(v);
  if (v instanceof Map) return "Map" + show(Array.from(v));
  if (v instanceof Set) return "Set" + show(Array.from(v));
  var parts = [];
  if (Array.isArray(v)) {
    for (var i = 0; i < v.length; i++) parts.push(i in v ? show(v[i]) : "hole");
    return "[" + parts.join(", ") + "]";
  }
  for (var key of Object.keys(v)) parts.push(key + ": " + show(v[key]));
  return "{" + parts.join(", ") + "}";
}
function shown(f) {
  try { return show(f()); } catch (e) { return show(e); }
}
