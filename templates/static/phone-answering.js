// Answering a request: approve, decline, or say that it was somebody else.

import { isOpened } from "./phone-lock.js";
import { answer, Refused } from "./phone-server.js";
import { alert, answered, find, numberLength, show, status } from "./phone-view.js";

const HOLD = 600;

const form = find('[data-form="answer"]');
const number = find("input[name=number]");
const buttons = form.querySelectorAll("button");

/**
 * Wires the buttons.  current(): the account and request on the page, or null; done(account, request, word): the
 * request was answered, or can no longer be.
 */
export function setUpAnswering({ current, done }) {
  const press = (action, word) => find(`[data-action="${action}"]`).addEventListener("click", () => send(word));
  press("approve", "approved");
  press("deny", "denied");
  press("not-me", "not_me");
  // Enter in the number field must not approve by accident.
  form.addEventListener("submit", (event) => event.preventDefault());
  number.addEventListener("input", () => {
    number.value = number.value.replace(/\D/g, "");
    number.removeAttribute("aria-invalid");
  });

  async function send(word) {
    const open = current();
    if (!open || busy()) {
      return;
    }
    const length = numberLength(open.request);
    if (word === "approved" && length && number.value.length !== length) {
      alert("request.number.missing", { length });
      number.setAttribute("aria-invalid", "true");
      number.focus();
      return;
    }
    setBusy(true);
    alert(null);
    try {
      if (word === "approved" && open.account.lock && !(await isOpened(open.account.lock))) {
        alert("lock.closed");
        return;
      }
      status("request.sending");
      await answer(open.account, open.request, { word, number: length ? number.value : null });
      await finish(open, word);
    } catch (error) {
      if (error instanceof Refused) {
        await finish(open, refusal(error));
      } else {
        alert("network.failed");
      }
    } finally {
      setBusy(false);
      status("");
    }
  }

  async function finish({ account, request }, word) {
    answered(word);
    show("answered");
    await done(account, request, word);
  }
}

/** A tap meant for the request before must not answer the one that takes its place. */
export function holdButtons() {
  buttons.forEach((button) => (button.disabled = true));
  setTimeout(() => buttons.forEach((button) => (button.disabled = false)), HOLD);
}

function refusal(error) {
  if (error.code === "PBA-15012") {
    return "wrong_number";
  }
  return error.status === 410 || error.code === "PBA-15010" ? "late" : "refused";
}

const busy = () => form.getAttribute("aria-busy") === "true";

function setBusy(is) {
  form.setAttribute("aria-busy", String(is));
  for (const button of buttons) {
    button.setAttribute("aria-disabled", String(is));
  }
}
