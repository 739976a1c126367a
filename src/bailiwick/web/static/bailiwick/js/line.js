/* The one-line form, when the network is not there: a line that could not be sent stays on the page and in localStorage, marked, and is sent later with
   the same key, so that the server keeps it once however often it arrives. The live "understood as" chips are htmx's work.
   A kept line: { key, text, at (when it was written), refused (true or false), sentence (what is said about it, or nothing) }.
   Answers: 2xx, or a redirect back to this page: kept. 4xx: stays with the server's sentence until a person decides. No network, 5xx, 401, 408, 429: tried again.
   A redirect elsewhere (signed out meanwhile) is no answer: the line stays. */
"use strict";

(() => {
  const form = document.querySelector("form[data-line]");
  if (!form) return;

  const input = form.querySelector("[name=line]");
  const key = form.querySelector("[name=key]");
  const shown = form.querySelector("[data-unsent]");
  const row = form.querySelector("[data-unsent-line]");
  // Lines belong to the person who wrote them, also on a shared device.
  const place = `bailiwick.lines.${document.body.dataset.viewer || ""}`;
  const soon = new Set([401, 408, 425, 429]);
  const underway = new Set();

  function freshKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    // Without https there is no randomUUID.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  let unsaved = []; // only where the browser forbids storage

  function kept() {
    try { return JSON.parse(localStorage.getItem(place) || "[]"); } catch { return unsaved; }
  }

  function keep(lines) {
    unsaved = lines;
    try { localStorage.setItem(place, JSON.stringify(lines)); } catch { /* stays on the page */ }
    show();
  }

  const put = (line) => keep([...kept().filter((other) => other.key !== line.key), line]);
  const drop = (line) => keep(kept().filter((other) => other.key !== line.key));

  function show() {
    shown.replaceChildren(...kept().map((line) => {
      const item = row.content.cloneNode(true);
      const word = item.querySelector("[data-word]");
      word.textContent = line.refused ? word.dataset.refused : word.dataset.waiting;
      word.classList.replace("watch", line.refused ? "off" : "watch");
      item.querySelector("[data-text]").textContent = line.text;
      item.querySelector("[data-sentence]").textContent = line.sentence || "";
      item.querySelector("[data-again]").addEventListener("click", () => sendOne({ ...line, refused: false, sentence: "" }));
      item.querySelector("[data-drop]").addEventListener("click", () => drop(line));
      item.querySelector("[data-edit]").addEventListener("click", () => {
        drop(line);
        input.value = line.text;
        input.focus();
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return item;
    }));
  }

  // True when the server has the line.
  async function send(line) {
    if (underway.has(line.key)) return false;
    underway.add(line.key);
    put(line); // first, so that a closed lid loses nothing
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set("key", line.key);
      body.set("line", line.text);
      body.set("written_at", line.at);
      const token = body.get("csrfmiddlewaretoken") || "";
      const answer = await fetch(form.action, { method: "POST", body, headers: { "Idempotency-Key": line.key, "X-CSRFToken": token } });
      if (answer.ok && (!answer.redirected || new URL(answer.url).pathname === location.pathname)) {
        drop(line);
        return true;
      }
      if (answer.ok) put({ ...line, sentence: unclear() });
      else if (answer.status < 500 && !soon.has(answer.status)) put({ ...line, refused: true, sentence: await sentenceOf(answer) });
      return false;
    } catch {
      return false; // no network
    } finally {
      underway.delete(line.key);
    }
  }

  const unclear = () => row.content.querySelector("[data-word]").dataset.unclear;

  // A problem document, plain text, or a page with a marked sentence.
  async function sentenceOf(answer) {
    const kind = answer.headers.get("Content-Type") || "";
    const text = await answer.text();
    if (kind.includes("json")) {
      try {
        const problem = JSON.parse(text);
        return problem.detail || problem.title || unclear();
      } catch {
        return unclear();
      }
    }
    if (kind.includes("html")) {
      const marked = new DOMParser().parseFromString(text, "text/html").querySelector("[data-sentence]");
      return (marked && marked.textContent.trim()) || unclear();
    }
    return text.trim() || unclear();
  }

  // Lists that show what was kept say hx-trigger="line-kept from:body"; where none listens the whole page is loaded again.
  function renew() {
    if (document.querySelector("[hx-trigger*='line-kept']")) document.body.dispatchEvent(new CustomEvent("line-kept"));
    else if (!input.value) location.reload();
  }

  async function sendOne(line) {
    if (await send(line)) renew();
  }

  async function sendAll() {
    let sent = false;
    for (const line of kept()) if (!line.refused) sent = (await send(line)) || sent;
    if (sent) renew();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    const line = { key: key.value, text, at: new Date().toISOString(), refused: false, sentence: "" };
    key.value = freshKey();
    input.value = "";
    input.focus();
    document.getElementById("understood").replaceChildren();
    if (window.htmx) htmx.trigger(input, "htmx:abort"); // a late preview of what is gone
    if (navigator.onLine === false) put(line);
    else await sendOne(line);
  });

  key.value = freshKey();
  show();
  window.addEventListener("online", sendAll);
  window.addEventListener("storage", (event) => { if (event.key === place) show(); });
  sendAll();
})();
