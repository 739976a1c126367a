/* Passkeys: the device is asked, and what it answers is sent with the form. form[data-passkey=create|get] carries what it is asked (data-options), or where
   to fetch that (data-asks). Where the browser cannot, a form that was hidden stays hidden, and one that was not says so. */
"use strict";

(() => {
  const able = Boolean(window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && window.isSecureContext);

  async function options(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.asks, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  }

  async function confirmed(form) {
    const { publicKey } = await options(form);
    const creates = form.dataset.passkey === "create";
    const asked = creates ? PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) : PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
    const made = await (creates ? navigator.credentials.create({ publicKey: asked }) : navigator.credentials.get({ publicKey: asked }));
    return JSON.stringify(made.toJSON());
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-trouble]");
    const unable = form.querySelector("[data-unable]");
    if (unable) unable.hidden = able;
    form.hidden = form.hidden && !able;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!able) return;
      trouble.hidden = true;
      try {
        form.elements.credential.value = await confirmed(form);
        form.submit();
      } catch {
        trouble.hidden = false;
      }
    });
  }
})();
