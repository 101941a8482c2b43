// On a person's own pages: times and countries in the browser's words, and which of the devices is this browser.

import { locale } from "./locale.js";
import { accounts } from "./phone-store.js";

const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const regions = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });

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

const marks = document.querySelectorAll("[data-mine]");
if (marks.length && globalThis.indexedDB) {
  const mine = new Set((await accounts().catch(() => [])).map((account) => account.deviceId));
  for (const mark of marks) {
    mark.hidden = !mine.has(mark.dataset.mine);
  }
}
