/* Messages on this device: form[data-push] carries our public key; the browser is asked for an address, which is sent with the form. form[data-push-off] gives it up.
   js/worker.js shows what comes; js/device.js gives the address again when the session is a new one. */
"use strict";

(() => {
  const PATIENCE = 15000; // milliseconds
  const form = document.querySelector("form[data-push]");
  const off = document.querySelector("form[data-push-off]");
  const remember = (whose) => { try { localStorage.setItem("bailiwick.push", whose); } catch { /* then it is asked for again after the next sign-in */ } };

  // Behind a wall the browser tries for ever.
  const inTime = (asked) => Promise.race([asked, new Promise((_, no) => setTimeout(no, PATIENCE))]);

  if (off) {
    off.addEventListener("submit", async (event) => {
      event.preventDefault();
      remember("");
      const there = await (await navigator.serviceWorker?.ready)?.pushManager.getSubscription();
      await there?.unsubscribe().catch(() => {});
      off.submit();
    });
  }
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  form.hidden = false;
  document.querySelector("[data-push-unable]").hidden = true;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = document.querySelector("[data-push-trouble]");
    trouble.hidden = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
      const { pushManager } = await navigator.serviceWorker.ready;
      await (await pushManager.getSubscription())?.unsubscribe(); // made for another key, maybe
      const { endpoint, keys } = (await inTime(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.push }))).toJSON();
      Object.assign(form.elements.address, { value: endpoint });
      Object.assign(form.elements.key, { value: keys.p256dh });
      Object.assign(form.elements.auth, { value: keys.auth });
      remember(document.body.dataset.viewer);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
})();
