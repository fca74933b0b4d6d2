// The page of a pass: shows the day, takes down what is done, keeps it until it is sent, and sends it.
import { type Acts, stopCard, waitingList } from "./cards";
import type { Entry, KeptDay, Slot, Waiting } from "./entry";
import { find, make } from "./elements";
import { type Reach, fetchDay, lastDay, sendAll } from "./exchange";
import { openForm } from "./form";
import { all, keep, remove } from "./storage";
import { clock, say } from "./words";

const AGAIN_MS = 20_000;
const STALE_MS = 120_000;

class PassPage {
  private kept: KeptDay | undefined;
  private list: Waiting[] = [];
  private reach: Reach = "reached";
  private said = "";
  private storage = true;
  private opensAlone = true;
  private running: Promise<void> | null = null;

  private readonly acts: Acts = {
    done: (slot) => this.open(slot),
    missed: (slot) => void this.missed(slot),
    undo: (one) => void this.undo(one),
    reopen: (slot) => void this.tell(slot, "planned"),
    retry: (one) => void this.put({ ...one, fault: null }),
    // An entry of its own then: what the slot's entry would have been is not known to the server.
    loosen: (one) => void this.put({ ...one, fault: null, entry: { ...one.entry, slot_id: null, revision: null } }),
    // The place is there no longer: where it was done is said in words, and by the telephone's own point.
    unplace: (one) =>
      void this.put({
        ...one,
        fault: null,
        entry: {
          ...one.entry,
          slot_id: null,
          revision: null,
          place_id: null,
          note: [one.entry.note, one.title].filter(Boolean).join(" – ").slice(0, 4000),
        },
      }),
    send: () => void this.exchange(),
  };

  async start(): Promise<void> {
    try {
      this.list = await all();
      this.kept = await lastDay();
      void navigator.storage?.persist?.();
    } catch {
      this.storage = false;
    }
    if (this.kept !== undefined) this.show();
    await this.exchange();
    window.addEventListener("online", () => void this.exchange());
    window.addEventListener("offline", () => this.heard("offline"));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.exchange();
    });
    window.setInterval(() => this.again(), AGAIN_MS);
  }

  /** Tries again by itself: at once where something waits, now and then where nothing does. */
  private again(): void {
    if (document.visibilityState !== "visible" || find("form").hasAttribute("open")) return;
    const old = Date.now() - (this.kept?.fetched ?? 0) > STALE_MS;
    if (this.list.some((one) => one.fault === null) || this.reach !== "reached" || old) void this.exchange();
  }

  /** Sends what waits, then fetches the day as it is after that; one at a time. */
  private exchange(): Promise<void> {
    this.running ??= this.once().finally(() => (this.running = null));
    return this.running;
  }

  private async once(): Promise<void> {
    const before = this.list.length;
    // Who one is comes with the day, and may have changed since it was kept.
    const fetched = await fetchDay().catch(() => ({ reach: "broken" as Reach, kept: undefined }));
    let how = fetched.reach;
    if (fetched.kept !== undefined) this.kept = fetched.kept;
    if (how === "signed_out" || how === "refused") this.kept = undefined;
    if (how === "reached" && this.kept !== undefined && this.storage) {
      const sent = await sendAll(this.kept.day.account);
      how = sent.reach;
      this.list = await all();
      if (this.list.length < before) {
        this.said = [say("sent"), ...sent.said].join(" ");
        this.kept = (await fetchDay()).kept ?? this.kept;
      }
    }
    this.heard(how);
  }

  /** No worker keeps the page: it has to stay open where there is no coverage. */
  stayOpen(): void {
    this.opensAlone = false;
    this.show();
  }

  private heard(how: Reach): void {
    this.reach = how;
    this.show();
  }

  private now = (): Date => new Date(Date.now() + (this.kept?.ahead ?? 0));

  private open(slot: Slot | null): void {
    if (this.kept === undefined) return;
    openForm({
      day: this.kept.day,
      slot,
      now: this.now,
      save: (entry, title) => this.put({ entry, title, written: Date.now(), fault: null }),
    });
  }

  /** Keeps an entry; only when it lies in the telephone is it said to, and only then is it sent. */
  private async put(one: Waiting): Promise<void> {
    try {
      await keep(one);
      this.said = say("saved");
    } catch {
      this.storage = false;
    }
    this.list = await all().catch(() => this.list);
    this.show();
    // The send that is under way may have looked before this was kept.
    await this.running;
    await this.exchange();
  }

  private async missed(slot: Slot): Promise<void> {
    if (window.confirm(say("missed_sure"))) await this.tell(slot, "missed");
  }

  /** Tells that a stop did not happen, or that this is taken back. */
  private async tell(slot: Slot, what: "missed" | "planned"): Promise<void> {
    const day = this.kept?.day;
    if (day === undefined) return;
    const now = this.now().toISOString();
    const entry: Entry = {
      entry_key: crypto.randomUUID(),
      by: day.account,
      what,
      slot_id: slot.slot_id,
      revision: slot.revision,
      kind: slot.kind,
      place_id: slot.place_id,
      started_at: now,
      ended_at: now,
      lon: null,
      lat: null,
      parties: [day.party],
      with_whom: "",
      car: null,
      checked: null,
      reported: null,
      note: "",
    };
    await this.put({ entry, title: `${say(`was_${what}`)}: ${slot.place}`, written: Date.now(), fault: null });
  }

  private async undo(one: Waiting): Promise<void> {
    if (one.fault !== null && !window.confirm(say("throw_sure"))) return;
    await remove(one.entry.entry_key);
    this.list = await all();
    this.said = say("undone");
    this.show();
  }

  private show(): void {
    const { kept, list } = this;
    const day = kept?.day;
    find("heading").textContent = day === undefined ? say("title") : `${say("title")}, ${day.day_words}`;
    find("state").replaceChildren(...this.state());
    find("waiting").replaceChildren(waitingList(list, day, this.acts));
    const waits = new Map(
      list.filter((one) => one.fault === null).map((one) => [one.entry.slot_id, one] as const),
    );
    const heading = (day?.passes.length ?? 0) > 0 ? "h3" : "h2";
    const card = (slot: Slot): HTMLElement => stopCard(slot, waits.get(slot.slot_id), this.acts, heading);
    const slots = day?.slots ?? [];
    const missed = day?.missed ?? [];
    find("stops").replaceChildren(
      ...(day !== undefined && slots.length === 0 ? [make("p", { class: "quiet" }, say("no_stops"))] : []),
      ...slots.flatMap((slot, at) => {
        const named = slot.pass !== slots[at - 1]?.pass ? day?.passes[slot.pass - 1] : undefined;
        return named === undefined ? [card(slot)] : [make("h2", { class: "part" }, named), card(slot)];
      }),
      ...(missed.length > 0 ? [make("h2", { class: "part" }, say("were_missed"))] : []),
      ...missed.map((slot) => stopCard(slot, waits.get(slot.slot_id), this.acts, "h3")),
    );
    find("free").replaceChildren(...(day === undefined ? [] : this.free(day.slots.length > 0)));
  }

  private state(): Node[] {
    const said: Node[] = [];
    const line = (key: string, ...more: Node[]): void => void said.push(make("p", { class: "alert" }, say(key), ...more));
    if (!this.storage) line("no_storage");
    if (this.reach === "offline") line(this.kept === undefined ? "no_day" : "offline");
    else if (this.reach === "signed_out") {
      const there = encodeURIComponent(window.location.pathname + window.location.search);
      line("signed_out", make("a", { href: `/logga-in?till=${there}`, class: "button" }, say("sign_in")));
    } else if (this.reach !== "reached") line(this.reach);
    if (this.reach !== "reached" && this.kept !== undefined) {
      const time = clock(new Date(this.kept.fetched));
      said.push(make("p", { class: "quiet" }, say("old_day", { time })));
    }
    if (this.said !== "") said.push(make("p", { class: "said" }, this.said));
    return said;
  }

  private free(stops: boolean): Node[] {
    const query = window.location.search;
    return [
      make("button", { type: "button", class: "plain wide", click: () => this.open(null) }, say("free")),
      stops
        ? make(
            "p",
            { class: "ways" },
            make("a", { href: `/pass/fil.pdf${query}` }, `${say("sheet")} (PDF)`),
            make("a", { href: `/pass/fil.ics${query}` }, say("calendar")),
          )
        : make("span"),
      make("p", { class: "quiet" }, say(this.opensAlone ? "kept_note" : "stay_open")),
    ];
  }
}

function theme(): void {
  const button = find("dark");
  const root = document.documentElement;
  const tell = (): void => button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      window.localStorage.setItem("problembild-theme", root.dataset.theme);
    } catch {
      // storage may be closed by policy; the choice holds until the page is left
    }
    tell();
  });
  tell();
}

/** Lets the page open without coverage from its first visit on. */
async function settle(): Promise<void> {
  if (!("serviceWorker" in navigator)) throw new Error("this browser has none, or none at this address");
  await navigator.serviceWorker.register("/pass/arbetare.js", { scope: "/pass" });
  const ready = await navigator.serviceWorker.ready;
  ready.active?.postMessage("keep");
}

theme();
const page = new PassPage();
void page.start();
settle().catch((error: unknown) => {
  console.info("no service worker:", error); // a certificate that the telephone does not trust, most often
  page.stayOpen();
});
