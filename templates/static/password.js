// Shows and hides passwords; says when Caps Lock is on.

for (const reveal of document.querySelectorAll("[data-reveal]")) {
  setUp(reveal, document.getElementById(reveal.dataset.reveal));
}

function setUp(reveal, field) {
  const shown = { text: reveal.dataset.hide, label: reveal.dataset.hideLabel };
  const hidden = { text: reveal.textContent, label: reveal.getAttribute("aria-label") };
  const show = (visible) => {
    const names = visible ? shown : hidden;
    field.type = visible ? "text" : "password";
    reveal.textContent = names.text;
    reveal.setAttribute("aria-label", names.label);
    reveal.setAttribute("aria-pressed", String(visible));
  };
  reveal.hidden = false;
  reveal.addEventListener("click", () => {
    show(field.type === "password");
    field.focus();
  });
  // A field left readable would be kept by the browser as ordinary text.
  field.form.addEventListener("submit", () => show(false));
}

const caps = document.querySelector("[data-caps]");
for (const field of document.querySelectorAll("input[type=password]")) {
  for (const name of ["keydown", "keyup"]) {
    field.addEventListener(name, (event) => say(event.getModifierState && event.getModifierState("CapsLock")));
  }
  field.addEventListener("blur", () => say(false));
}

function say(on) {
  const text = on ? caps.dataset.caps : "";
  if (caps.textContent !== text) {
    caps.textContent = text;
  }
}
