/* The locked door: asks for the passphrase, opens the vault in the browser, and locks
 * again. What was opened lives in memory only, until the page is left, the button is
 * pressed, or nobody has moved for ten minutes.
 *
 * A classic script, so that it hears of a changed address before the theme does, which
 * would load the whole page again.
 */

"use strict";

const IDLE = 10 * 60 * 1000; // milliseconds
const SAYS = {
  framed: "This page is shown inside another one, and stays locked there. Open it by itself.",
  insecure: "This page was not loaded over https, so the browser will not open anything here.",
  old: "This browser is too old to open the vault; one from 2023 or later can.",
  missing: "No dashboard is published here. `./notyet dashboard` shows it on your own computer.",
  offline: "The vault could not be loaded. Try again when you are connected.",
  passphrase: "That passphrase is not right. Nothing was opened.",
  damaged: "The vault is damaged, or was sealed for another key. Publish it again.",
  refused: "The vault was made in a way this page does not accept. Publish it again.",
  opening: "Opening; this takes a second on purpose …",
  locked: "Locked.",
  idle: "Locked, since nobody was here for ten minutes.",
};

const door = document.getElementById("door");
const board = document.getElementById("board");
const form = document.getElementById("door-form");
const field = document.getElementById("door-passphrase");
const error = document.getElementById("door-error");
const status = document.getElementById("door-status");

let shown = null; // the open dashboard
let modules = null;
let timer = 0;

start();

function start() {
  const hindrance = whyNot();
  if (hindrance) {
    status.textContent = SAYS[hindrance];
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open();
  });
  document.getElementById("door-shown").addEventListener("change", (event) => {
    field.type = event.target.checked ? "text" : "password";
  });
  addEventListener("pagehide", () => lock(""));
  addEventListener("popstate", (event) => {
    if (!shown) return;
    event.stopImmediatePropagation();
    shown.turn();
  });
  modules = Promise.all([import("./jose.js"), import("./app.js")]);
  look();
}

function whyNot() {
  if (window.top !== window.self) return "framed";
  if (!window.isSecureContext) return "insecure";
  const able = window.crypto?.subtle && window.DecompressionStream && window.structuredClone;
  return able ? "" : "old";
}

/* Asks whether there is a vault before asking anybody for a passphrase. */
async function look() {
  try {
    const found = await fetch(door.dataset.vault, { method: "HEAD", cache: "no-store" });
    if (!found.ok) throw new Missing(found.status);
    status.textContent = "";
    form.hidden = false;
  } catch (reason) {
    status.textContent = SAYS[reason instanceof Missing ? "missing" : "offline"];
  }
}

class Missing extends Error {}

async function open() {
  form.setAttribute("aria-busy", "true");
  error.textContent = "";
  status.textContent = SAYS.opening;
  try {
    const pack = await opened(normalised(field.value));
    field.value = "";
    enter(pack, (await modules)[1].show);
  } catch (reason) {
    say(reason);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function opened(passphrase) {
  const [{ openWithKey, openWithPassphrase }] = await modules;
  const [key, vault] = await Promise.all([text(door.dataset.key), text(door.dataset.vault)]);
  const packed = await openWithKey(vault, await openWithPassphrase(key, passphrase));
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).json();
  } catch {
    throw Object.assign(new Error("not a dashboard"), { kind: "damaged" });
  }
}

async function text(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw Object.assign(new Error(path), { kind: "missing" });
  return answer.text();
}

/* The words as they were shown, however they were typed. */
function normalised(typed) {
  return typed.toLowerCase().split(/[\s-]+/).filter(Boolean).join(" ");
}

function say(reason) {
  const known = reason.kind in SAYS ? reason.kind : "offline";
  status.textContent = "";
  error.textContent = SAYS[known];
  field.focus();
  field.select();
}

/* --- inside ----------------------------------------------------------------- */

function enter(pack, show) {
  door.hidden = true;
  status.textContent = "";
  board.hidden = false;
  shown = show(pack, board, () => lock("locked"));
  for (const sign of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(sign, stay, { passive: true });
  }
  stay();
}

function stay() {
  clearTimeout(timer);
  timer = setTimeout(() => lock("idle"), IDLE);
}

function lock(why) {
  if (!shown) return;
  clearTimeout(timer);
  for (const sign of ["pointerdown", "keydown", "scroll"]) removeEventListener(sign, stay);
  shown.close();
  shown = null;
  board.hidden = true;
  door.hidden = false;
  status.textContent = SAYS[why] ?? "";
  if (why) field.focus();
}
