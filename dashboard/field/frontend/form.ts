// The form of one entry: everything likely is filled in, so that saving is the only thing that has to be done.
import type { Choice, Day, Entry, Slot } from "./entry";
import { find, make } from "./elements";
import { type Fix, metres, position } from "./position";
import { field, likely, odd, span } from "./times";
import { clock, say, zone } from "./words";

/** A telephone farther than this from its stop is written down at the stop: it is done somewhere else. */
const AT_THE_STOP_M = 500;
/** A place nearer than this is taken to be where one stands. */
const NEAR_M = 300;

export interface Asked {
  day: Day;
  slot: Slot | null;
  /** Now, by the server's clock. */
  now: () => Date;
  save: (entry: Entry, title: string) => Promise<void>;
}

/** Opens the form; it closes when it is saved or left. */
export function openForm(asked: Asked): void {
  const dialog = find("form") as HTMLDialogElement;
  const form = new EntryForm(asked, () => dialog.close());
  dialog.replaceChildren(form.element);
  dialog.showModal();
  dialog.scrollTop = 0;
}

class EntryForm {
  readonly element: HTMLFormElement;
  private fix: Fix | null = null;
  private chosen = false;
  private readonly fault = make("p", { class: "fault", role: "alert" });
  private readonly whereLabel = make("span", {}, say("where_phone_wait"));
  private readonly phone = make("input", { type: "radio", name: "where", value: "phone", disabled: true });
  private readonly own = make("input", { type: "radio", name: "where", value: "own", checked: true });
  private readonly places = make("select", { name: "place", id: "field-place" });

  constructor(
    private readonly asked: Asked,
    private readonly close: () => void,
  ) {
    const { slot, day } = asked;
    const times = likely(asked.now(), slot);
    this.element = make(
      "form",
      { novalidate: true, autocomplete: "off", submit: (event) => void this.submit(event) },
      make("h2", { id: "form-heading", tabindex: -1, autofocus: true }, slot === null ? say("free_heading") : `${say("done")}: ${slot.place}`),
      slot === null ? this.free() : make("p", { class: "quiet" }, `${slot.time} ${slot.what}. ${slot.how}.`),
      make("div", { class: "pair" }, time("from", field(times.from, zone)), time("to", field(times.to, zone))),
      this.where(),
      day.cars.length === 0 ? null : choices("car", say("car"), day.cars, slot?.car ?? day.cars[0]?.code ?? ""),
      make("div", { class: "pair" }, counter("checked"), counter("reported")),
      this.together(),
      make(
        "label",
        { class: "asked", for: "field-note" },
        make("span", {}, say("note")),
        make("textarea", { id: "field-note", name: "note", rows: 2, maxlength: 4000, "aria-describedby": "note-hint" }),
        make("span", { class: "quiet", id: "note-hint" }, say("note_hint")),
      ),
      make(
        "div",
        { class: "foot" },
        this.fault,
        make("button", { type: "button", class: "plain", click: () => this.close() }, say("close")),
        make("button", { type: "submit", class: "main" }, say("save")),
      ),
    );
    void this.locate();
  }

  private free(): HTMLElement[] {
    this.fillPlaces();
    return [
      make(
        "label",
        { class: "asked", for: "field-kind" },
        make("span", {}, say("what")),
        make("select", { id: "field-kind", name: "kind" }, this.asked.day.kinds.map((one) => make("option", { value: one.code }, one.label))),
      ),
      make("label", { class: "asked", for: "field-place" }, make("span", {}, say("place")), this.places),
    ];
  }

  private fillPlaces(): void {
    const { fix } = this;
    const sorted = this.asked.day.places
      .map((one) => ({ ...one, away: fix === null ? null : metres(fix, one) }))
      .sort((one, other) => (one.away ?? 0) - (other.away ?? 0) || one.name.localeCompare(other.name, "sv"));
    const nearest = sorted[0];
    const chosen = nearest?.away !== null && nearest !== undefined && nearest.away < NEAR_M ? nearest.place_id : null;
    this.places.replaceChildren(
      make("option", { value: "" }, say("no_place")),
      ...sorted.map((one) =>
        make(
          "option",
          { value: one.place_id, selected: one.place_id === chosen },
          one.away === null ? one.name : say("nearest", { place: one.name, metres: Math.round(one.away / 10) * 10 }),
        ),
      ),
    );
  }

  private where(): HTMLElement {
    const own = this.asked.slot === null ? say("where_place") : say("where_stop");
    for (const one of [this.phone, this.own]) one.addEventListener("change", () => (this.chosen = true));
    return make(
      "fieldset",
      {},
      make("legend", {}, say("where")),
      make(
        "div",
        { class: "choices" },
        make("label", {}, this.phone, this.whereLabel),
        make("label", {}, this.own, make("span", {}, own)),
      ),
    );
  }

  private together(): HTMLElement {
    const { day, slot } = this.asked;
    return make(
      "fieldset",
      {},
      make("legend", {}, say("together")),
      make(
        "div",
        { class: "choices" },
        day.others.map((one) =>
          make(
            "label",
            {},
            make("input", {
              type: "checkbox",
              name: "party",
              value: one.code,
              checked: slot?.parties.includes(one.code) ?? false,
            }),
            make("span", {}, one.label),
          ),
        ),
      ),
      make("input", { name: "whom", maxlength: 200, placeholder: say("whom"), "aria-label": say("whom") }),
    );
  }

  private async locate(): Promise<void> {
    this.fix = await position();
    if (this.fix === null) {
      this.whereLabel.textContent = say("where_phone_none");
      return;
    }
    this.whereLabel.textContent = say("where_phone_exact", { metres: this.fix.metres });
    this.phone.disabled = false;
    const { slot } = this.asked;
    if (slot === null && this.places.value === "") this.fillPlaces();
    const there = slot === null || metres(this.fix, slot) <= AT_THE_STOP_M + this.fix.metres;
    if (!this.chosen && there) this.phone.checked = true;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const entry = this.read();
    if (typeof entry === "string") {
      this.fault.textContent = entry;
      return;
    }
    const { slot, day, save } = this.asked;
    const [from, to] = [new Date(entry.started_at), new Date(entry.ended_at)];
    const question = odd({ from, to }, slot);
    const values = { from: clock(from), to: clock(to), planned: slot?.time ?? "" };
    if (question !== null && !window.confirm(say(question, values))) return;
    const place = slot?.place ?? day.places.find((one) => one.place_id === entry.place_id)?.name;
    const what = slot?.what ?? day.kinds.find((one) => one.code === entry.kind)?.label ?? entry.kind;
    await save(entry, place === undefined ? what : `${what}, ${place}`);
    this.close();
  }

  /** Reads the form; a sentence where something in it can't be. */
  private read(): Entry | string {
    const { slot, day, now } = this.asked;
    const fields = new FormData(this.element);
    const text = (name: string): string => String(fields.get(name) ?? "").trim();
    const count = (name: string): number | null => (/^\d{1,6}$/.test(text(name)) ? Number(text(name)) : null);
    const times = span(text("from"), text("to"), now(), slot, zone);
    if (typeof times === "string") return say(times);
    const [checked, reported] = [count("checked"), count("reported")];
    if (checked !== null && reported !== null && reported > checked) return say("reported_more");
    const there = this.phone.checked ? this.fix : null;
    return {
      entry_key: crypto.randomUUID(),
      by: day.account,
      what: "done",
      slot_id: slot?.slot_id ?? null,
      revision: slot?.revision ?? null,
      kind: slot?.kind ?? text("kind"),
      place_id: slot?.place_id ?? (text("place") === "" ? null : Number(text("place"))),
      started_at: times.from.toISOString(),
      ended_at: times.to.toISOString(),
      lon: there?.lon ?? null,
      lat: there?.lat ?? null,
      parties: [day.party, ...fields.getAll("party").map(String)],
      with_whom: text("whom"),
      car: day.cars.length === 0 ? null : text("car"),
      checked,
      reported,
      note: text("note"),
    };
  }
}

function time(name: "from" | "to", value: string): HTMLElement {
  return make(
    "label",
    { class: "asked", for: `field-${name}` },
    make("span", {}, say(name)),
    make("input", { type: "time", id: `field-${name}`, name, value, required: true }),
  );
}

function choices(name: string, legend: string, options: Choice[], chosen: string): HTMLElement {
  return make(
    "fieldset",
    {},
    make("legend", {}, legend),
    make(
      "div",
      { class: "choices three" },
      options.map((one) =>
        make(
          "label",
          {},
          make("input", { type: "radio", name, value: one.code, checked: one.code === chosen }),
          make("span", {}, one.label),
        ),
      ),
    ),
  );
}

/** A number that one thumb changes; empty is not counted, which is not zero. */
function counter(name: "checked" | "reported"): HTMLElement {
  const what = say(name).toLowerCase();
  const input = make("input", { id: `field-${name}`, name, inputmode: "numeric", pattern: "[0-9]*", placeholder: "–" });
  const step = (by: number) => () => {
    input.value = String(Math.max(0, (Number(input.value) || 0) + by));
  };
  return make(
    "div",
    { class: "asked" },
    make("label", { for: `field-${name}` }, say(name)),
    make(
      "div",
      { class: "counter" },
      make("button", { type: "button", "aria-label": say("less", { what }), click: step(-1) }, "−"),
      input,
      make("button", { type: "button", "aria-label": say("more", { what }), click: step(1) }, "+"),
    ),
  );
}
