// Adding an account: the code comes by camera, from a picture, as text, or with the address of the page.

import { codeInAddress, CodeRefused, readCode } from "./phone-codes.js";
import { canBePushed, subscription } from "./phone-push.js";
import { canScan, hasCamera, readCamera, readPicture } from "./phone-scan.js";
import { Refused, register } from "./phone-server.js";
import { alert, codeFor, find, status } from "./phone-view.js";
import { say, thisBrowser } from "./phone-words.js";

const REFUSALS = { "PDH-15002": "code.used", "PDH-15003": "code.full", "PDH-15019": "code.full" };

const form = find('[data-form="add"]');
const input = find("textarea[name=code]");
const camera = find("[data-action=camera]");
const picture = find("[data-picture]");

let looking = null;
let busy = false;

/**
 * Wires the form.  known(): device ids that are here already; added(account): keeps a new one; worker: a promise of the
 * service worker's registration.
 */
export function setUpAdding({ known, added, worker }) {
  find("[data-notify]").hidden = !canBePushed();
  find("[data-scanners]").hidden = !canScan();
  camera.hidden = !hasCamera();
  camera.addEventListener("click", look);
  find("[data-action=picture]").addEventListener("click", () => picture.click());
  picture.addEventListener("change", readChosen);
  input.addEventListener("input", preview);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add({ known, added, worker });
  });
  takeFromAddress();
  addEventListener("hashchange", takeFromAddress);
}

/** A code in the address is only put into the form: a link alone registers nothing. */
function takeFromAddress() {
  const text = codeInAddress();
  if (text === null) {
    return;
  }
  // The code must not stay in the history.
  history.replaceState(null, "", location.pathname);
  take(text);
}

function take(text) {
  find("[data-add]").open = true;
  input.value = text;
  if (preview()) {
    status("add.recognised");
    find("[data-action=add]").focus();
  } else {
    refuse(text);
  }
}

/** Shows whom the code is for while it is typed; gives the code, or null. */
function preview() {
  alert(null);
  input.removeAttribute("aria-invalid");
  let code = null;
  try {
    code = readCode(input.value);
  } catch (error) {
    if (!(error instanceof CodeRefused)) {
      throw error;
    }
  }
  codeFor(code);
  return code;
}

function refuse(text) {
  try {
    readCode(text);
  } catch (error) {
    tell(error);
  }
}

async function add({ known, added, worker }) {
  if (busy) {
    return;
  }
  busy = true;
  alert(null);
  try {
    const code = readCode(input.value);
    if (known().includes(code.deviceId)) {
      throw new CodeRefused("code.known");
    }
    const pushToken = find("input[name=notify]").checked ? await subscription(worker, { ask: true }) : null;
    status("add.working");
    const account = await register(code, thisBrowser(), pushToken);
    input.value = "";
    codeFor(null);
    await added(account);
    status("add.done", { username: account.username });
  } catch (error) {
    status("");
    tell(error);
  } finally {
    busy = false;
  }
}

function tell(error) {
  if (error instanceof CodeRefused) {
    alert(error.message, error.values);
  } else if (error instanceof Refused) {
    alert(REFUSALS[error.code] ?? "code.refused");
  } else {
    alert("network.failed");
  }
  input.setAttribute("aria-invalid", "true");
  input.focus();
}

async function look() {
  if (looking) {
    looking.abort();
    return;
  }
  looking = new AbortController();
  const video = find("[data-camera]");
  video.hidden = false;
  camera.textContent = say("add.camera.stop");
  status("add.camera.looking");
  try {
    const text = await readCamera(video, looking.signal);
    status("");
    if (text) {
      take(text);
    }
  } catch {
    status("");
    alert("add.camera.refused");
  } finally {
    video.hidden = true;
    camera.textContent = say("add.camera");
    looking = null;
  }
}

async function readChosen() {
  const [file] = picture.files;
  picture.value = "";
  if (!file) {
    return;
  }
  const text = await readPicture(file).catch(() => null);
  if (text) {
    take(text);
  } else {
    alert("add.picture.nothing");
  }
}
