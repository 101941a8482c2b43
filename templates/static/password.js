// Shows and hides the password; says when Caps Lock is on.

const field = document.querySelector("input[type=password]");
const reveal = document.querySelector("[data-reveal]");
const caps = document.querySelector("[data-caps]");

const shown = { text: reveal.dataset.hide, label: reveal.dataset.hideLabel };
const hidden = { text: reveal.textContent, label: reveal.getAttribute("aria-label") };

function show(visible) {
  const names = visible ? shown : hidden;
  field.type = visible ? "text" : "password";
  reveal.textContent = names.text;
  reveal.setAttribute("aria-label", names.label);
  reveal.setAttribute("aria-pressed", String(visible));
}

reveal.hidden = false;
reveal.addEventListener("click", () => {
  show(field.type === "password");
  field.focus();
});
// A field left readable would be kept by the browser as ordinary text.
field.form.addEventListener("submit", () => show(false));

for (const name of ["keydown", "keyup"]) {
  field.addEventListener(name, (event) => {
    const on = event.getModifierState && event.getModifierState("CapsLock");
    const text = on ? caps.dataset.caps : "";
    if (caps.textContent !== text) {
      caps.textContent = text;
    }
  });
}
field.addEventListener("blur", () => { caps.textContent = ""; });
