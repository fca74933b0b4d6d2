// Keying by keyboard: Enter goes to the next field, and on the last one saves and begins the next answer.
// Dash finds these functions by name; see dashboard/pages/entry.py and dashboard/components/entry_form.py.
(() => {
  const MAP_SCRIPT = "/assets/map/problembild-map.js";
  let sending = false;

  const form = () => document.getElementById("keying");
  const fields = (of) => [...of.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  // ---- faults -----------------------------------------------------------------------------------
  function tellFault(of, name, sentence) {
    const place = of.querySelector(`[data-fault="${name}"]`) ?? of.querySelector('[data-fault=""]');
    place.textContent = sentence;
    const field = of.elements[name];
    if (field && field.type !== "hidden" && field.setAttribute) field.setAttribute("aria-invalid", "true");
    (field && field.type !== "hidden" && field.focus ? field : fields(of)[0])?.focus();
  }

  function clearFaults(of) {
    of.querySelectorAll("[data-fault]").forEach((place) => (place.textContent = ""));
    of.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  }

  // ---- choices by number --------------------------------------------------------------------------
  function chosen(input) {
    const list = input.closest(".asked")?.querySelector(".choices");
    if (!list) return null;
    const all = [...list.querySelectorAll("[data-choice]")];
    const wanted = input.value.trim().toLowerCase();
    const exact = all.filter((one) => one.dataset.number === wanted || one.dataset.choice.toLowerCase() === wanted);
    const begun = all.filter((one) => wanted && one.dataset.choice.toLowerCase().startsWith(wanted));
    const inside = all.filter((one) => wanted && one.dataset.choice.toLowerCase().includes(` ${wanted}`));
    const found = [exact, begun, inside].find((some) => some.length) ?? [];
    return { all, one: found.length === 1 ? found[0] : null };
  }

  function showChoice(input) {
    const found = chosen(input);
    if (found === null) return;
    found.all.forEach((each) => each.classList.toggle("on", each === found.one));
    input.closest(".asked").querySelector("output").textContent = found.one?.dataset.choice ?? "";
  }

  // ---- sending ------------------------------------------------------------------------------------
  function typed(of) {
    return Object.fromEntries([...of.elements].filter((field) => field.name).map((field) => [field.name, field.value]));
  }

  function send(of, store, more) {
    if (sending) return;
    const at = Date.now();
    sending = at;
    of?.setAttribute("aria-busy", "true");
    // Without an answer nothing is known to be saved: say so, and let the person look and try again.
    window.setTimeout(() => {
      if (sending === at) failed(of);
    }, 15_000);
    set(store, { data: { ...more, at: String(at) } });
  }

  function failed(of) {
    sending = false;
    of?.removeAttribute("aria-busy");
    if (of) tellFault(of, "", of.dataset.failed ?? "");
  }

  function save(of) {
    clearFaults(of);
    if (of.id === "keying") send(of, "keyed", typed(of));
    else send(of, "round", { ...typed(of), new: of.dataset.new ?? "" });
  }

  // ---- answers ------------------------------------------------------------------------------------
  function keyed(answer) {
    const of = form();
    if (!answer || of === null) return;
    sending = false;
    of.removeAttribute("aria-busy");
    if (!answer.ok) {
      say("");
      tellFault(of, answer.field, answer.fault);
      return;
    }
    if (!answer.removed || of.elements.number.value) begin(of);
    say(answer.said);
    fields(of)[0].focus();
  }

  function say(sentence) {
    document.getElementById("keying-said").textContent = sentence;
  }

  function begin(of) {
    of.reset();
    for (const name of ["number", "longitude", "latitude"]) of.elements[name].value = "";
    clearFaults(of);
    fields(of).forEach(showChoice);
    showPoint(of);
    heading(of, "");
  }

  function heading(of, number) {
    const head = document.getElementById("keying-heading");
    head.textContent = number ? of.dataset.correct.replace("{number}", number) : head.dataset.new;
    document.getElementById("keying-cancel").hidden = !number;
  }

  function round(answer) {
    const of = document.getElementById("round");
    if (!answer || of === null) return;
    sending = false;
    of.removeAttribute("aria-busy");
    if (!answer.ok) tellFault(of, answer.field, answer.fault);
    else if (window.location.search === answer.search) window.location.reload();
    else set("address", { pathname: answer.path, search: answer.search });
  }

  function go(to) {
    if (to) set("address", { pathname: to.path, search: to.search });
  }

  // ---- correcting and taking away -----------------------------------------------------------------
  function correct(values) {
    const of = form();
    begin(of);
    for (const [name, value] of Object.entries(values)) if (of.elements[name]) of.elements[name].value = value;
    fields(of).forEach(showChoice);
    showPoint(of);
    heading(of, values.number);
    say("");
    fields(of)[0].focus();
  }

  function click(event) {
    const button = event.target.closest("button");
    const of = form();
    if (button?.id === "add-sources") set("sources-wanted", { data: Date.now() });
    if (button === null || of === null) return;
    if (button.dataset.correct) correct(JSON.parse(button.dataset.correct));
    else if (button.dataset.remove) {
      if (window.confirm(button.dataset.ask)) send(of, "keyed", { remove: button.dataset.remove });
    } else if (button.dataset.choice) {
      const input = button.closest(".asked").querySelector("input");
      input.value = button.dataset.number;
      showChoice(input);
      input.focus();
    } else if (button.id === "unpoint") point(of, null);
    else if (button.id === "keying-cancel") {
      begin(of);
      fields(of)[0].focus();
    }
  }

  // ---- the place that is pointed out --------------------------------------------------------------
  function point(of, at) {
    of.elements.longitude.value = at ? String(at.lon) : "";
    of.elements.latitude.value = at ? String(at.lat) : "";
    showPoint(of);
    (of.elements.place ?? fields(of)[0]).focus();
  }

  function showPoint(of) {
    const line = document.getElementById("point");
    const [lon, lat] = [of.elements.longitude.value, of.elements.latitude.value];
    if (line) line.hidden = !lon;
    window.problembild?.pin?.(lon ? { lon: Number(lon), lat: Number(lat) } : null);
  }

  let picked = null;

  function pick(payload) {
    draw(payload);
    return window.dash_clientside.no_update;
  }

  async function draw(payload) {
    picked = payload;
    if (!payload || document.getElementById("pick-map") === null) return;
    if (!window.problembild?.pick) {
      await new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = MAP_SCRIPT;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
    }
    const dark = document.documentElement.dataset.theme === "dark";
    await window.problembild.pick("pick-map", { ...payload, dark, palette: payload.palettes[dark ? "dark" : "light"] });
  }

  // ---- keys ---------------------------------------------------------------------------------------
  function key(event) {
    const field = event.target;
    const of = field.closest?.("form#keying, form#round");
    if (!of || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && of.id === "keying" && of.elements.number.value) begin(of);
    if (event.key !== "Enter" || field.tagName === "BUTTON") return;
    event.preventDefault();
    const all = fields(of);
    const next = all[all.indexOf(field) + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      next.select?.();
    } else if (!event.shiftKey) save(of);
  }

  new MutationObserver(() => draw(picked)).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  document.addEventListener("keydown", key);
  document.addEventListener("click", click);
  document.addEventListener("input", (event) => {
    if (event.target.closest?.("form#keying")) showChoice(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form#keying, form#round")) save(event.target);
  });
  document.addEventListener("picked", (event) => {
    if (form() !== null) point(form(), event.detail);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { work: { keyed, round, pick, go } });
})();
