/* The worker (js/worker.js) keeps what may be read without a network. A kept page is for reading and for the line: nothing else on it can be sent. */
"use strict";

(() => {
  const asOf = document.getElementById("as-of");
  if (asOf && !asOf.hidden) {
    for (const button of document.querySelectorAll("form[method=post]:not([data-line]) button")) button.disabled = true;
  }
  if (!navigator.serviceWorker) return; // without https
  const first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/sw.js").catch(() => {}); // no network just now
  navigator.serviceWorker.ready.then(again).catch(() => {}); // next time
  navigator.serviceWorker.ready.then((there) => { if (first && asOf) there.active.postMessage(location.href); });

  // The address for messages is its session's: a new session of the same person is given it once.
  async function again({ pushManager }) {
    const whose = document.body.dataset.viewer;
    if (!pushManager || !whose || localStorage.getItem("bailiwick.push") !== whose || sessionStorage.getItem("bailiwick.push") === whose) return;
    sessionStorage.setItem("bailiwick.push", whose);
    const there = (await pushManager.getSubscription())?.toJSON();
    if (!there) return;
    const told = new URLSearchParams({ address: there.endpoint, key: there.keys.p256dh, auth: there.keys.auth });
    await fetch("/settings/device", { method: "POST", body: told, headers: JSON.parse(document.body.getAttribute("hx-headers")), redirect: "manual" });
  }
})();
