(function () {
  var date = Date.prototype.toString, text = Function.prototype.toString, native = /\{\s*\[native code\]\s*\}$/;
  Date.prototype.toString = function toString() {
    return date.call(this).replace(/GMT\+0000.*$/, "GMT+0000 (UTC)");
  };
  Function.prototype.toString = function toString() {
    var told = text.call(this);
    if (!native.test(told)) return told;
    return "function " + (/^bound /.test(this.name) ? "" : this.name) + "() { [native code] }";
  };
  function freezeFunctions(holder) {
    Object.getOwnPropertyNames(holder).forEach(function (key) {
      var found = Object.getOwnPropertyDescriptor(holder, key).value;
      if (typeof found === "function" && native.test(text.call(found))) Object.freeze(found);
    });
  }
  [Object, Function, Array, String, Number, Boolean, Date, RegExp, Map, Set, Error].forEach(function (made) {
    freezeFunctions(made);
    freezeFunctions(made.prototype);
  });
  [globalThis, Math, JSON].forEach(freezeFunctions);
})();
