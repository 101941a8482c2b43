// Puts things on the page.  Decides nothing; texts are set as text, never as HTML.

import { shortHost } from "./phone-codes.js";
import { clockTime, place, say, when } from "./phone-words.js";

export const find = (selector, within = document) => within.querySelector(selector);
const all = (selector) => document.querySelectorAll(selector);
const field = (name) => find(`[data-field="${name}"]`);

let shown = "";

/** Shows one of the views and, when it is another than before, moves the focus to its heading. */
export function show(view) {
  if (view === shown) {
    return;
  }
  const first = shown === "";
  shown = view;
  for (const section of all("[data-view]")) {
    section.hidden = section.dataset.view !== view;
  }
  if (!first || view === "request") {
    find(`[data-view="${view}"] h1`).focus();
  }
}

/** Says what is wrong, or nothing any more for null. */
export function alert(id, values) {
  const element = find("[data-alert]");
  element.hidden = id === null;
  element.textContent = id === null ? "" : say(id, values);
  element.dataset.message = id ?? "";
}

/** Says how it stands, to screen readers too. */
export function status(id, values) {
  const text = id ? say(id, values) : "";
  const element = find("[data-status]");
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function request(open, count) {
  const { application, username } = { application: open.applicationName ?? "", username: open.username ?? "" };
  field("title").textContent = say("request.title", { application });
  field("who").textContent = username;
  field("where").textContent = place(open);
  field("with").textContent = browserOf(open);
  field("when").textContent = clockTime(Number(open.requestedAt) * 1000 || Date.now());
  field("known").textContent = open.browserKnown ? say(open.browserKnown === "true" ? "request.known" : "request.unknown") : "";
  field("more").textContent = count > 1 ? say("request.more", { count: count - 1 }) : "";
  const length = numberLength(open);
  find("[data-number-field]").hidden = !length;
  const input = find("input[name=number]");
  input.value = "";
  input.maxLength = length || 12;
  document.title = say("request.title", { application });
}

/** What the request comes from, as far as the server could tell. */
function browserOf({ browser, deviceOS }) {
  const known = [browser, deviceOS].map((name) => name && name !== "Other");
  if (known[0] && known[1]) {
    return say("request.browser", { browser, system: deviceOS });
  }
  return known[0] ? browser : known[1] ? deviceOS : say("request.browser.unknown");
}

/** How many digits the person has to type; 0 for none. */
export const numberLength = (open) => Number(open.numberChallengeLength) || 0;

export function answered(word) {
  field("answer").textContent = say(`answered.${word}`);
  field("answer-lead").textContent = say(`answered.${word}.lead`);
  document.title = say("title");
}

let drawn = "";

/** lockable: whether this device has a lock to ask for. */
export function home(accounts, entries, lockable) {
  document.title = say("title");
  // What is being typed or read must not be taken away for nothing.
  const now = JSON.stringify([accounts.map(({ privateKey, lock, ...rest }) => [rest, Boolean(lock)]), entries, lockable]);
  if (now === drawn) {
    return;
  }
  drawn = now;
  for (const element of all("[data-some]")) {
    element.hidden = accounts.length === 0;
  }
  for (const element of all("[data-none]")) {
    element.hidden = accounts.length > 0;
  }
  find('[data-list="accounts"]').replaceChildren(...accounts.map((account) => accountCard(account, lockable)));
  find('[data-list="activity"]').replaceChildren(...entries.map(activityLine));
  find("[data-activity]").hidden = entries.length === 0;
}

export const codeFor = (code) => {
  field("code-for").textContent = code
    ? say("add.for", { username: code.username, host: shortHost(code.host) })
    : "";
};

function made(template) {
  return find(`[data-template="${template}"]`).content.firstElementChild.cloneNode(true);
}

const part = (element, name) => find(`[data-part="${name}"]`, element);

function accountCard(account, lockable) {
  const card = made("account");
  const names = { username: account.username, host: shortHost(account.host) };
  card.dataset.account = account.deviceId;
  part(card, "name").textContent = say("account.at", names);
  part(card, "state").textContent = accountState(account);
  part(card, "change").setAttribute("aria-label", say("account.change.label", names));
  part(card, "rename").dataset.rename = account.deviceId;
  const name = find("input", card);
  name.value = account.name ?? "";
  name.id = `name-${account.deviceId}`;
  find("label", card).htmlFor = name.id;
  const lock = part(card, "lock");
  lock.dataset.lock = account.deviceId;
  lock.textContent = say(account.lock ? "lock.remove" : "lock.add");
  lock.hidden = account.gone || (!lockable && !account.lock);
  const remove = part(card, "remove");
  remove.dataset.remove = account.deviceId;
  remove.setAttribute("aria-label", say("account.remove.label", names));
  return card;
}

function accountState(account) {
  if (account.gone) {
    return say("account.gone");
  }
  if (!account.confirmed) {
    return say("account.unconfirmed");
  }
  return account.usedAt ? say("account.used", { time: when(account.usedAt) }) : say("account.added", { time: when(account.addedAt) });
}

function activityLine(entry) {
  const line = made("activity");
  part(line, "what").textContent = say(`activity.${entry.word}`, entry);
  part(line, "when").textContent = when(entry.at);
  return line;
}
