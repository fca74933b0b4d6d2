// What travels between the telephone and the server; the server's side is dashboard/field/day.py and sent_entry.py.
export interface Slot {
  /** Which of the day's passes it is of, from 1. */
  pass: number;
  number: number;
  slot_id: number;
  revision: number;
  status: "planned" | "done" | "missed" | "cancelled";
  time: string;
  starts: string;
  ends: string;
  kind: string;
  what: string;
  place_id: number;
  place: string;
  stand: string;
  how: string;
  car: string;
  parties: string[];
  lon: number;
  lat: number;
}

export interface Place {
  place_id: number;
  name: string;
  lon: number;
  lat: number;
}

export interface Choice {
  code: string;
  label: string;
}

export interface Day {
  account: string;
  audience: string;
  party: string;
  now: string;
  day: string;
  day_words: string;
  slots: Slot[];
  /** Those of today that were told missed, so that it can be undone; a day kept by an older page has none. */
  missed?: Slot[];
  /** What each pass is called; empty where there is one alone. */
  passes: string[];
  places: Place[];
  kinds: Choice[];
  cars: Choice[];
  others: Choice[];
}

/** A day as it was fetched, and when by this telephone's clock. */
export interface KeptDay {
  day: Day;
  fetched: number;
  /** Milliseconds that the server's clock is ahead of this one, 0 where they agree. */
  ahead: number;
}

export interface Entry {
  entry_key: string;
  by: string;
  /** "planned": told missed, and taken back. */
  what: "done" | "missed" | "planned";
  slot_id: number | null;
  revision: number | null;
  kind: string;
  place_id: number | null;
  started_at: string;
  ended_at: string;
  lon: number | null;
  lat: number | null;
  parties: string[];
  with_whom: string;
  car: string | null;
  checked: number | null;
  reported: number | null;
  note: string;
}

/** An entry that waits in the telephone, with what the person sees of it. */
export interface Waiting {
  entry: Entry;
  title: string;
  written: number;
  /** Why the server would not have it; it is sent again when the person says so. */
  fault: string | null;
  /** The code of that fault; entries written before it was kept have none. */
  code?: string;
}
