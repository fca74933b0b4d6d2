// Forms of promises and of the log: what is typed goes to a store, the answer comes back to the form it is for.
// The markup is made in dashboard/components/promise_forms.py, the answers are given in dashboard/pages/.
(() => {
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  let waiting = null;
  let soon = 0;

  function typed(form) {
    const found = {};
    for (const field of form.elements) {
      if (!field.name) continue;
      if (field.type === "checkbox") {
        found[field.name] ??= "";
        if (field.checked) found[field.name] += (found[field.name] && ",") + field.value;
      } else found[field.name] = field.value;
    }
    return found;
  }

  function tell(form, name, sentence) {
    const place = form.querySelector(`[data-fault="${CSS.escape(name)}"]`) ?? form.querySelector('[data-fault=""]');
    place.textContent = sentence;
    const field = form.elements[name];
    if (field instanceof Element && field.type !== "hidden") {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    } else place.scrollIntoView({ block: "nearest" });
  }

  function clear(form) {
    form.querySelectorAll("[data-fault], [data-said]").forEach((place) => (place.textContent = ""));
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  }

  function send(form) {
    if (waiting) return;
    window.clearTimeout(soon); // what is sent needs no foretaste, and the page may be gone before it is due
    clear(form);
    const at = String(Date.now());
    // One key for one filled-in form: sent twice it is one entry.
    form.dataset.key ||= crypto.randomUUID?.() ?? `${at}-${Math.random()}`;
    waiting = at;
    form.setAttribute("aria-busy", "true");
    window.setTimeout(() => {
      if (waiting === at) done(form, () => tell(form, "", form.dataset.failed));
    }, 15_000);
    set(form.dataset.sends, { data: { do: form.dataset.do, form: form.id, entry: form.dataset.key, ...typed(form), at } });
  }

  function done(form, then) {
    waiting = null;
    form?.removeAttribute("aria-busy");
    then();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-sends]");
    if (form === null) return;
    event.preventDefault();
    send(form);
  });

  // What would count is said while one types; the answer to an older state of the form is overtaken by the next.
  function say(form) {
    const says = form?.querySelector("[data-says]");
    if (!says) return;
    window.clearTimeout(soon);
    soon = window.setTimeout(() => {
      if (form.isConnected) set(says.dataset.says, { data: { ...typed(form), at: String(Date.now()) } });
    }, 350);
  }
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => say(event.target.closest?.("form[data-sends]")));
  }

  // Signed documents: the file is the request's body; what the server says of it is shown where one looks.
  async function post(to, body) {
    try {
      const answer = await fetch(to, { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
      return await answer.json();
    } catch {
      return null; // the line or the server is gone
    }
  }

  async function sendDocument(form) {
    if (form.getAttribute("aria-busy")) return;
    clear(form);
    const [file] = form.elements.file.files;
    if (!file) return tell(form, "file", form.dataset.none);
    form.setAttribute("aria-busy", "true");
    form.querySelector("[data-said]").textContent = form.dataset.sending;
    const to = new URL(form.dataset.to, window.location.href);
    to.searchParams.set("titel", form.elements.name.value);
    if (form.elements.public.checked) to.searchParams.set("visas", "1");
    const told = await post(to, file);
    form.removeAttribute("aria-busy");
    if (told?.code === "kept") return window.location.reload();
    clear(form);
    tell(form, "file", told?.sentence || form.dataset.failed);
  }

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "promise-document") return;
    event.preventDefault();
    sendDocument(event.target);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-remove-document]");
    if (button === null || !window.confirm(button.dataset.sure)) return;
    button.disabled = true;
    const told = await post(button.dataset.removeDocument, "");
    if (told?.code === "kept") window.location.reload();
    else {
      button.disabled = false;
      button.after(` ${told?.sentence ?? ""}`);
    }
  });

  // What was saved brings its page anew; that it was is said over that page, also when it is loaded from the start.
  const SAVED = "problembild-saved";
  const SHOWN_MS = 8_000;
  let saying = 0;
  function sayKept(words) {
    if (!words) return;
    window.clearTimeout(saying); // what is said anew stays its whole time
    let place = document.querySelector(".saved-said");
    if (place === null) {
      place = document.createElement("p");
      place.className = "saved-said";
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    // a status is read out when it is filled, not when it comes filled
    window.setTimeout(() => (place.textContent = words), 100);
    saying = window.setTimeout(() => (place.textContent = ""), SHOWN_MS);
  }

  function keptAcross(words) {
    try {
      if (words !== undefined) return window.sessionStorage.setItem(SAVED, words);
      const found = window.sessionStorage.getItem(SAVED);
      window.sessionStorage.removeItem(SAVED);
      return sayKept(found);
    } catch {
      return undefined; // without storage the page itself shows what was saved
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => keptAcross());
  else keptAcross();

  window.dash_clientside = Object.assign(window.dash_clientside ?? {}, {
    promises: {
      says(markup) {
        const place = document.getElementById("promise-says");
        if (place !== null) place.innerHTML = markup ?? "";
      },
      answered(answer) {
        if (!answer) return;
        const form = document.getElementById(answer.form ?? "");
        for (const [into, markup] of Object.entries(answer.fragments ?? {})) {
          set({ type: "fragment", into }, { data: markup });
        }
        done(form, () => {
          if (!answer.ok) {
            if (form) tell(form, answer.field ?? "", answer.fault);
          } else if (answer.path === window.location.pathname) {
            keptAcross(form?.dataset.saved ?? "");
            window.location.reload();
          } else if (answer.path) {
            sayKept(form?.dataset.saved);
            set("address", { pathname: answer.path, search: answer.search });
            window.scrollTo(0, 0);
          }
          else if (form) {
            const said = form.querySelector("[data-said]");
            const day = form.elements.day?.value;
            form.reset();
            if (day) form.elements.day.value = day;
            delete form.dataset.key;
            said.textContent = answer.said;
            said.scrollIntoView({ block: "nearest" });
          }
        });
      },
    },
  });
})();
