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
  navigator.serviceWorker.ready.then((there) => { if (first && asOf) there.active.postMessage(location.href); });
})();
