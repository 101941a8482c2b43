// The button that sends once more: closed until its time has come.

import { countDown } from "./waiting.js";

const again = document.querySelector("button[data-later]");
if (again) {
  countDown(again.querySelector("[data-countdown]"), Number(again.dataset.later), () => {
    again.textContent = again.dataset.now;
    again.disabled = false;
  });
}
