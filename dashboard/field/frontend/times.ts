// When something was done: sensible times before anybody types, and clocks turned into moments.
import type { Slot } from "./entry";
import { hands, moment, wall } from "./zone";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** So long after its end a stop is still taken to have lasted until it is written down. */
const STILL_THERE_MS = 45 * MINUTE_MS;
/** A clock that is ahead of now by less is today's. */
const AHEAD_MS = 10 * MINUTE_MS;
/** A clock that comes again within this is meant to come, and is no clock of yesterday's. */
const SOON_MS = 6 * 60 * MINUTE_MS;
/** A stop written down as done farther from its time than this is asked about. */
const FAR_MS = 2 * 60 * MINUTE_MS;
/** What would last longer is a slip of the clock. */
const LONGEST_MS = 12 * 60 * MINUTE_MS;

export interface Span {
  from: Date;
  to: Date;
}

/** What most likely is meant when a stop, or something else, is written down now. */
export function likely(now: Date, slot: Slot | null): Span {
  if (slot === null) return { from: new Date(now.getTime() - 15 * MINUTE_MS), to: now };
  const [starts, ends] = [new Date(slot.starts), new Date(slot.ends)];
  // done before its time: as long as it was meant to last, up to now
  if (now < starts) return { from: new Date(now.getTime() - (ends.getTime() - starts.getTime())), to: now };
  return { from: starts, to: now.getTime() > ends.getTime() + STILL_THERE_MS ? ends : now };
}

/** The value of a field for a time. */
export function field(at: Date, zone: string | undefined): string {
  return hands(at, zone).join(":");
}

/**
 * Two clocks of a zone as moments; a key of what is wrong, where they can't be meant. At a stop the start is the moment nearest to
 * when it was planned. Else the end is the last such moment up to now and the start the last one before it, and what
 * lies ahead today was not yesterday.
 */
export function span(
  from: string,
  to: string,
  now: Date,
  slot: Slot | null,
  zone: string | undefined,
): Span | "ahead" | "backwards" {
  const latest = now.getTime() + AHEAD_MS;
  if (slot !== null) return planned(from, to, latest, new Date(slot.starts).getTime(), zone);
  const end = last(to, latest, zone);
  if (end === null) return "backwards";
  if (end.getTime() + DAY_MS - latest < SOON_MS) return "ahead";
  const start = last(from, end.getTime(), zone);
  return start === null || end.getTime() - start.getTime() > LONGEST_MS ? "backwards" : { from: start, to: end };
}

/** What is odd about a time without being wrong: a key of the question about it, null where nothing is. */
export function odd({ from, to }: Span, slot: Slot | null): "no_time_sure" | "far_sure" | null {
  if (from.getTime() === to.getTime()) return "no_time_sure";
  if (slot === null) return null;
  const [starts, ends] = [Date.parse(slot.starts), Date.parse(slot.ends)];
  return from.getTime() < starts - FAR_MS || to.getTime() > ends + FAR_MS ? "far_sure" : null;
}

function planned(
  from: string,
  to: string,
  latest: number,
  starts: number,
  zone: string | undefined,
): Span | "ahead" | "backwards" {
  const start = last(from, starts + DAY_MS / 2, zone);
  const end = start === null ? null : last(to, start.getTime() + DAY_MS - MINUTE_MS, zone);
  if (start === null || end === null || end.getTime() - start.getTime() > LONGEST_MS) return "backwards";
  return end.getTime() > latest ? "ahead" : { from: start, to: end };
}

function last(clock: string, until: number, zone: string | undefined): Date | null {
  const parts = /^(\d{1,2})[:.](\d{2})/.exec(clock);
  if (parts === null) return null;
  const shown = new Date(wall(until, zone));
  shown.setUTCHours(Number(parts[1]), Number(parts[2]), 0, 0);
  if (moment(shown.getTime(), zone) > until) shown.setUTCDate(shown.getUTCDate() - 1);
  return new Date(moment(shown.getTime(), zone));
}
