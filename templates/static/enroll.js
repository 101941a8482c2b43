// The page with the code: notices the registration by itself, renews a code that ran out, copies it as text.

import { countDown, whenChanged } from "./waiting.js";

const main = document.querySelector("main");
const fresh = () => location.replace(location.href);

if (main.dataset.events) {
  whenChanged(main, fresh);
}

// A code that ran out is asked for anew, but only after looking: a phone that registered in the last second must be
// confirmed by the person, never by this script.  Once a code has run out, no phone can register with it.
const left = main.querySelector("[data-countdown]");
if (left) {
  countDown(left, Number(left.dataset.countdown) + 1, fresh);
} else if (main.dataset.events) {
  setTimeout(() => main.querySelector("form[data-proceed]").requestSubmit(), 1000);
}

const copy = main.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    copy.textContent = copy.dataset.copied;
  });
}
