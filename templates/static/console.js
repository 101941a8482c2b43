// At the console: keys that lead somewhere, times in the reader's own words, and no loss of what was typed.

import { locale } from "./locale.js";

const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });

for (const element of document.querySelectorAll("time[datetime]")) {
  element.textContent = moments.format(new Date(element.dateTime));
}

// What was said once is not said again by a reload.
if (document.querySelector("[data-said]")) {
  const address = new URL(location.href);
  address.searchParams.delete("said");
  history.replaceState(null, "", address);
}

const message = document.querySelector("#message");
if (message) {
  message.tabIndex = -1;
  message.focus();
}

let isChanged = Boolean(message || document.querySelector("[data-changed]"));
for (const form of document.querySelectorAll("form[data-kept]")) {
  form.addEventListener("input", () => {
    isChanged = true;
  });
  form.addEventListener("submit", () => {
    isChanged = false;
  });
}
addEventListener("beforeunload", (event) => {
  if (isChanged && document.querySelector("form[data-kept]")) {
    event.preventDefault();
  }
});

const keys = document.querySelector("dialog[data-keys]");
let isGoing = false;
addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const section = isGoing && document.querySelector(`header a[data-key="${CSS.escape(event.key)}"]`);
  isGoing = event.key === "g";
  if (section) {
    section.click();
  } else if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === "?") {
    keys.showModal();
  }
});

const script = document.querySelector(".editor textarea");
if (script) {
  const lines = document.querySelector("[data-lines]");
  script.addEventListener("input", () => {
    const count = script.value.split("\n").length;
    lines.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
    script.rows = count + 1;
  });
  for (const link of document.querySelectorAll("[data-line]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const before = script.value.split("\n").slice(0, link.dataset.line - 1);
      const start = before.reduce((sum, line) => sum + line.length + 1, 0) + Number(link.dataset.column) - 1;
      script.focus();
      script.setSelectionRange(start, start);
      const height = script.clientHeight / script.rows;
      script.closest(".editor").scrollTop = Math.max(0, (link.dataset.line - 4) * height);
    });
  }
}
