// On a person's own pages: times and countries in the browser's words, and which of the devices is this browser.

import { accounts } from "./phone-store.js";

const language = document.documentElement.lang;
const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const regions = new Intl.DisplayNames(language, { type: "region", fallback: "code" });

for (const element of document.querySelectorAll("time[datetime]")) {
  element.textContent = moments.format(new Date(element.dateTime));
}

for (const element of document.querySelectorAll("[data-country]")) {
  if (/^[A-Z]{2}$/.test(element.textContent)) {
    element.textContent = regions.of(element.textContent);
  }
}

// What was said once is not said again by a reload.
if (document.querySelector("[data-said]")) {
  history.replaceState(null, "", location.pathname);
}

const cards = document.querySelectorAll("[data-device]");
if (cards.length && globalThis.indexedDB) {
  const mine = new Set((await accounts().catch(() => [])).map((account) => account.deviceId));
  for (const card of cards) {
    card.querySelector("[data-mine]").hidden = !mine.has(card.dataset.device);
  }
}
