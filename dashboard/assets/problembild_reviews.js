// The form of a review and what is done to one: what is written stays in this browser until it is saved.
// The markup is made in dashboard/components/review{,_form}.py, the answers are taken in pages/.
(() => {
  const KEPT = "problembild-oversyn-";
  const PATIENCE_MS = 15_000;
  let sending = 0;

  const form = () => document.getElementById("review-form");
  const set = (id, data) => window.dash_clientside.set_props(id, { data });
  const boxes = (of) => [...of.elements].filter((field) => field.name && field.type !== "file");

  // ---- what is written, kept ------------------------------------------------------------------------
  function read(of) {
    const typed = {};
    for (const field of boxes(of)) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) typed[field.name] = [typed[field.name], field.value].filter(Boolean).join(" ");
      } else typed[field.name] = field.value;
    }
    return typed;
  }

  function write(of, typed) {
    for (const field of boxes(of)) {
      const value = typed[field.name] ?? "";
      if (field.type === "checkbox") field.checked = value.split(" ").includes(field.value);
      else if (field.type === "radio") field.checked = value === field.value;
      else field.value = value;
    }
  }

  // Whose it is stands in the key: on a shared telephone nobody is shown what another account began.
  const keyOf = (of) => KEPT + of.dataset.draft;

  function keep(of) {
    try {
      window.localStorage.setItem(keyOf(of), JSON.stringify(read(of)));
    } catch {
      // a full or closed storage: the page itself still holds what is written
    }
  }

  function forget(of) {
    try {
      window.localStorage.removeItem(keyOf(of));
    } catch {
      // it was not kept either
    }
  }

  function kept(of) {
    try {
      return JSON.parse(window.localStorage.getItem(keyOf(of)) ?? "null");
    } catch {
      return null;
    }
  }

  // A key of its own, so that what is sent twice is one review; randomUUID is there with https alone.
  function newKey() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function prepare(of) {
    of.dataset.ready = "1";
    const found = kept(of);
    if (!found) start(of);
    else {
      write(of, found);
      const told = of.querySelector("[data-kept]");
      told.textContent = told.dataset.kept;
    }
    of.elements.entry_key.value ||= newKey();
    show(of);
  }

  // A correction begins with what the review says; a new one with nothing.
  function start(of) {
    if (of.dataset.filled) write(of, JSON.parse(of.dataset.filled));
  }

  // What lacks asks for words, and measures are asked for where they are called for.
  function show(of) {
    const typed = read(of);
    for (const block of of.querySelectorAll("[data-found]")) {
      const item = block.dataset.found;
      if (item !== "other") block.hidden = typed[`check-${item}`] !== "lacking" && !typed[`found-${item}`];
    }
    const measures = of.querySelector("[data-measures]");
    if (measures !== null) measures.hidden = typed.result !== "measures";
    for (const block of of.querySelectorAll("[data-measure]")) {
      if (typed[`measure-${block.dataset.measure}`]) block.hidden = false;
    }
    for (const told of of.querySelectorAll("[data-told]")) {
      if (typed[told.dataset.told]) told.textContent = of.dataset.located;
    }
  }

  // ---- faults -----------------------------------------------------------------------------------------
  function clearFaults(of) {
    of.querySelectorAll("[data-fault]").forEach((place) => (place.textContent = ""));
  }

  function tellFault(of, field, sentence) {
    const own = field ? of.querySelector(`[data-fault="${CSS.escape(field)}"]`) : null;
    of.querySelector('[data-fault=""]').textContent = sentence;
    if (own === null) return;
    own.textContent = sentence;
    own.closest("fieldset").scrollIntoView({ block: "center" });
    own.closest("fieldset").querySelector("input, select, textarea")?.focus({ preventScroll: true });
  }

  // ---- where the telephone is -----------------------------------------------------------------------
  function here(of, button) {
    const name = button.dataset.here;
    const told = of.querySelector(`[data-told="${name}"]`);
    told.textContent = of.dataset.locating;
    const failed = () => (told.textContent = of.dataset.unlocated);
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        of.elements[name].value = `${coords.longitude.toFixed(6)} ${coords.latitude.toFixed(6)}`;
        told.textContent = `${of.dataset.located} ± ${Math.round(coords.accuracy)} m`;
        keep(of);
      },
      failed,
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    );
  }

  // ---- saving ---------------------------------------------------------------------------------------
  function save(of) {
    if (sending) return;
    clearFaults(of);
    keep(of);
    const at = Date.now();
    sending = at;
    of.setAttribute("aria-busy", "true");
    window.setTimeout(() => {
      if (sending !== at) return;
      done(of);
      tellFault(of, "", of.dataset.failed);
    }, PATIENCE_MS);
    set("review-typed", { ...read(of), at: String(at) });
  }

  function done(of) {
    sending = 0;
    of.removeAttribute("aria-busy");
  }

  async function saved(answer) {
    const of = form();
    if (!answer || of === null) return;
    done(of);
    if (!answer.ok) return tellFault(of, answer.field, answer.fault);
    forget(of);
    of.dataset.saved = "1"; // what is touched from now on is not kept as something unsaved
    const files = [...document.getElementById("review-photos").files];
    const left = await sendPhotos(of, answer, files);
    if (left.length === 0) go(answer);
  }

  // ---- signing out ----------------------------------------------------------------------------------
  // What is not saved lies here alone, and the next one at this telephone must not find it. Where a session ends
  // by itself it stays, for the same account.
  function drafts(account) {
    try {
      return Object.keys(window.localStorage).filter((name) => name.startsWith(`${KEPT}${account}-`));
    } catch {
      return []; // a closed storage holds nothing
    }
  }

  function signingOut(event) {
    const found = drafts(event.target.dataset.account);
    if (found.length === 0) return;
    if (!window.confirm(event.target.dataset.unsaved)) return event.preventDefault();
    found.forEach((name) => window.localStorage.removeItem(name));
  }

  function go({ path, search }) {
    window.dash_clientside.set_props("address", { pathname: path, search });
    window.scrollTo(0, 0);
  }

  // One after another: a telephone's line bears no more.
  async function sendEach(of, to, files, list) {
    list.replaceChildren();
    const left = [];
    for (const file of files) {
      const row = document.createElement("li");
      row.textContent = `${file.name}: ${of.dataset.sending}`;
      list.append(row);
      const told = await sendPhoto(to, file);
      row.textContent = `${file.name}: ${told?.sentence ?? of.dataset.photoFailed}`;
      if (told?.code === "kept") continue;
      row.className = "bad";
      left.push(file);
    }
    return left;
  }

  async function sendPhotos(of, answer, files) {
    const list = document.getElementById("photo-list");
    const left = await sendEach(of, answer.photos, files, list);
    if (left.length > 0) offer(of, answer, left, list);
    return left;
  }

  // On the review's own page: those that came are shown, and why the others did not stays told.
  async function addPhotos(input) {
    const of = input.closest(".more-photos");
    const files = [...input.files];
    const left = await sendEach(of, of.dataset.to, files, document.getElementById("more-photos-list"));
    input.value = "";
    if (left.length === 0 && files.length > 0) act(input, { act: "photos-added" });
  }

  async function sendPhoto(to, file) {
    try {
      const answer = await fetch(to, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } });
      return await answer.json();
    } catch {
      return null; // the line or the server is gone
    }
  }

  function offer(of, answer, left, list) {
    const row = document.createElement("li");
    const button = (label, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.textContent = label;
      made.addEventListener("click", act);
      return made;
    };
    const again = async () => {
      if ((await sendPhotos(of, answer, left)).length === 0) go(answer);
    };
    row.className = "buttons";
    row.append(button(of.dataset.photoAgain, again), button(of.dataset.onward, () => go(answer)));
    list.append(row);
    row.scrollIntoView({ block: "center" });
  }

  // ---- one review -----------------------------------------------------------------------------------
  function act(element, more) {
    const review = element.closest("[data-review]");
    if (element.dataset.sure && !window.confirm(element.dataset.sure)) return;
    const { act: what, photo, measure, result } = element.dataset;
    set("review-act", { act: what, photo, measure, result, revision: review.dataset.revision, ...more, at: Date.now() });
  }

  // ---- listening --------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === null) return;
    if (button.dataset.act && button.closest("[data-review]")) return act(button, {}); // the plan has such buttons too
    const of = button.closest("#review-form");
    if (!of) return;
    if (button.dataset.here) here(of, button);
    else if (button.dataset.more) {
      const next = [...of.querySelectorAll("[data-measure]")].find((block) => block.hidden);
      if (next) next.hidden = false;
      next?.querySelector("input").focus();
    } else if (button.dataset.discard && window.confirm(of.dataset.sure)) {
      forget(of);
      of.reset();
      of.querySelectorAll("input[type=hidden]").forEach((field) => (field.value = ""));
      of.querySelectorAll("[data-told], [data-kept]").forEach((told) => (told.textContent = ""));
      start(of);
      of.elements.entry_key.value = newKey();
      show(of);
      window.scrollTo(0, 0);
    }
  });

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const of = event.target.closest?.("#review-form");
      if (!of || of.dataset.saved) return;
      keep(of);
      show(of);
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "more-photos") addPhotos(event.target);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.dataset.unsaved) signingOut(event);
    else if (event.target.id === "review-form") {
      event.preventDefault();
      if (!event.target.dataset.saved) save(event.target);
    } else if (event.target.matches("[data-review] form[data-act]")) {
      event.preventDefault();
      act(event.target, Object.fromEntries(new FormData(event.target)));
    }
  });

  new MutationObserver(() => {
    const of = form();
    if (of !== null && !of.dataset.ready) prepare(of);
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { reviews: { review_saved: saved } });
})();
