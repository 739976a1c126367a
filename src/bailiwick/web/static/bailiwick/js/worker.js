/* What a device keeps to read without a network: the files of this release, the last of each page that says for whom it may be kept (the header Kept-For),
   and the page for no network. Network first: a kept page is shown only when there is none, or none in time, and then says when it is from.
   Never kept: what has no such header or says no-store, anything that was sent (POST), the API. Whoever comes or goes empties it.
   It also shows messages that come by push (notices/pushing.py), until somebody signs out.
   `told` is written by web/device.py: release, files, offline, doors, out, icon. */
"use strict";

const FILES = `bailiwick.files.${told.release}`;
const PAGES = "bailiwick.pages.";
let comings = 0; // how often somebody came or went: what was asked before is not kept after
const WAIT = 4000; // milliseconds until a kept page is better than one that may still come
const AWAY = 30000; // milliseconds for which a kept page takes kept files with it, or every file would wait once more
let away = 0; // until when

addEventListener("install", (event) => event.waitUntil((async () => {
  const files = await caches.open(FILES);
  await Promise.all([...told.files, told.offline].map((file) => fetch(file, { cache: "no-cache" }).then((answer) => answer.ok && files.put(file, answer))));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  await drop((name) => name.startsWith("bailiwick.files.") && name !== FILES);
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (told.doors.some((door) => url.pathname.startsWith(door))) {
    comings += 1;
    event.waitUntil(drop((name) => name.startsWith(PAGES)));
  }
  if (request.method === "POST" && url.pathname.startsWith(told.out)) event.waitUntil(silent());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, event));
  else if (told.files.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});

addEventListener("push", (event) => {
  const { id, title, url } = event.data.json();
  event.waitUntil(registration.showNotification(title, { tag: id, icon: told.icon, badge: told.icon, data: { url } })); // the same message told again takes its own place
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, location.origin).href));
});

async function open(url) {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url) || windows[0];
  if (!there) return clients.openWindow(url);
  await there.focus();
  return there.url === url ? there : there.navigate(url);
}

async function silent() {
  await (await registration.pushManager?.getSubscription())?.unsubscribe();
  for (const shown of await registration.getNotifications()) shown.close();
}

// The first page was there before the worker: it asks to be kept too.
addEventListener("message", (event) => event.waitUntil(asking(event.data, comings)));

async function asking(url, since) {
  try { await keep(url, await fetch(url), since); } catch { /* no network just now */ }
}

async function drop(which) {
  await Promise.all((await caches.keys()).filter(which).map((name) => caches.delete(name)));
}

async function file(request, place) {
  const kept = await (await caches.open(FILES)).match(place);
  if (kept && Date.now() < away) return kept;
  return kept ? inTime(fetch(request), () => kept) : fetch(request);
}

async function page(request, event) {
  const asked = fetch(request);
  const since = comings;
  event.waitUntil(asked.then((answer) => keep(request.url, answer.clone(), since)).catch(() => {}));
  const there = await kept(request.url);
  return there ? inTime(asked, () => marked(there)) : asked.catch(() => instead(request.url));
}

// The answer of the network, or the other one when there is none, or none in time.
function inTime(asked, other) {
  return Promise.race([asked, new Promise((done) => setTimeout(done, WAIT))]).then((answer) => answer || other(), other);
}

async function keep(url, answer, since) {
  const whose = answer.headers.get("Kept-For");
  if (!whose || answer.status !== 200 || /no-store/.test(answer.headers.get("Cache-Control") || "")) return;
  await drop((name) => name.startsWith(PAGES) && name !== PAGES + whose);
  if (since !== comings) return;
  await (await caches.open(PAGES + whose)).put(new URL(url).pathname, answer);
  const files = await caches.open(FILES);
  const language = answer.headers.get("Content-Language");
  const spoken = await files.match(told.offline);
  if (spoken && spoken.headers.get("Content-Language") === language) return;
  await files.put(told.offline, await fetch(`${told.offline}?language=${language}`));
}

// There is one person at a time.
async function kept(url) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES)) return (await caches.open(name)).match(new URL(url).pathname);
  }
  return undefined;
}

// The sentence that says from when the page is stands in it already, hidden.
async function marked(answer) {
  away = Date.now() + AWAY;
  const text = await answer.text();
  return new Response(text.replace('id="as-of" hidden', 'id="as-of"'), { status: 200, headers: answer.headers });
}

async function instead(url) {
  away = Date.now() + AWAY;
  if (new URL(url).pathname === "/") {
    for (const name of await caches.keys()) {
      const first = name.startsWith(PAGES) && (await (await caches.open(name)).keys())[0];
      if (first) return Response.redirect(first.url);
    }
  }
  return (await (await caches.open(FILES)).match(told.offline)) || Response.error();
}
