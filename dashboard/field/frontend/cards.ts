// The stops as cards with one large button each, and what waits to be sent.
import type { Day, Slot, Waiting } from "./entry";
import { make } from "./elements";
import { clock, say, waiting as waitingWords } from "./words";

export interface Acts {
  done: (slot: Slot) => void;
  missed: (slot: Slot) => void;
  undo: (waiting: Waiting) => void;
  reopen: (slot: Slot) => void;
  retry: (waiting: Waiting) => void;
  loosen: (waiting: Waiting) => void;
  unplace: (waiting: Waiting) => void;
  send: () => void;
}

/** Builds a stop; its heading is one level lower where the day has several passes, each with a heading. */
export function stopCard(
  slot: Slot,
  waiting: Waiting | undefined,
  acts: Acts,
  heading: "h2" | "h3",
): HTMLElement {
  const state = waiting?.entry.what ?? (slot.status === "planned" ? null : slot.status);
  return make(
    "article",
    { class: state === null ? "stop" : `stop ${state}`, id: `stop-${slot.slot_id}` },
    make(
      "p",
      { class: "when" },
      slot.number > 0 ? make("span", { class: "number" }, String(slot.number)) : null,
      make("strong", {}, slot.time),
      ` ${slot.what}`,
    ),
    make(heading, {}, slot.place),
    slot.stand === "" ? null : make("p", { class: "stand" }, slot.stand),
    make("p", { class: "how" }, slot.how),
    state === null ? buttons(slot, acts) : outcome(state, slot, waiting, acts),
    state === null ? ways(slot) : null,
  );
}

function buttons(slot: Slot, acts: Acts): HTMLElement {
  const named = { "aria-describedby": `stop-${slot.slot_id}` };
  return make(
    "div",
    { class: "acts" },
    make("button", { type: "button", class: "main", click: () => acts.done(slot), ...named }, say("done")),
    make("button", { type: "button", class: "plain", click: () => acts.missed(slot), ...named }, say("missed")),
  );
}

function outcome(state: string, slot: Slot, waiting: Waiting | undefined, acts: Acts): HTMLElement {
  const at = waiting === undefined ? "" : ` ${clock(new Date(waiting.entry.ended_at))}`;
  const undo = (click: () => void): HTMLElement => make("button", { type: "button", class: "plain", click }, say("undo"));
  return make(
    "div",
    { class: "outcome" },
    make("strong", {}, `${state === "done" ? "✓" : "–"} ${say(`was_${state}`)}${at}`),
    waiting === undefined ? null : make("span", { class: "quiet" }, say("is_waiting")),
    waiting !== undefined ? undo(() => acts.undo(waiting)) : state === "missed" ? undo(() => acts.reopen(slot)) : null,
  );
}

function ways(slot: Slot): HTMLElement {
  const query = new URLSearchParams(window.location.search);
  query.set("stopp", String(slot.slot_id));
  const at = `${slot.lat},${slot.lon}`;
  return make(
    "p",
    { class: "ways" },
    make("a", { href: `/pass/fil.html?${query}` }, say("sheet")),
    make("a", { href: `geo:${at}?q=${at}` }, say("on_the_way")),
  );
}

/** What lies in the telephone and is not sent: how much, and each with what keeps it. */
export function waitingList(list: Waiting[], day: Day | undefined, acts: Acts): HTMLElement | string {
  if (list.length === 0) return "";
  const stuck = list.some((one) => one.fault !== null);
  return make(
    "details",
    { class: stuck ? "waiting stuck" : "waiting", open: stuck },
    make("summary", {}, waitingWords(list.length)),
    make("ul", {}, list.map((one) => waitingItem(one, day, acts))),
    make("button", { type: "button", class: "plain", click: () => acts.send() }, say("send_now")),
  );
}

function waitingItem(one: Waiting, day: Day | undefined, acts: Acts): HTMLElement {
  // Whoever is not known to have written it does not see what it is.
  const mine = day !== undefined && one.entry.by === day.account;
  return make(
    "li",
    {},
    mine ? [make("strong", {}, one.title), " ", make("span", { class: "quiet" }, clock(new Date(one.entry.started_at)))] : null,
    mine || one.entry.by === "" ? null : make("p", {}, say("other_account", { name: one.entry.by })),
    one.fault === null || !mine ? null : make("p", { class: "fault" }, say("failed", { sentence: one.fault })),
    one.fault === null || !mine
      ? null
      : make(
          "p",
          { class: "acts" },
          make("button", { type: "button", class: "plain", click: () => acts.retry(one) }, say("retry")),
          one.entry.slot_id === null || one.entry.what !== "done"
            ? null
            : make("button", { type: "button", class: "plain", click: () => acts.loosen(one) }, say("loose")),
          one.code !== "log_place_retired"
            ? null
            : make("button", { type: "button", class: "plain", click: () => acts.unplace(one) }, say("unplaced")),
          make("button", { type: "button", class: "plain", click: () => acts.undo(one) }, say("throw")),
        ),
  );
}
