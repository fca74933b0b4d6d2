// Sends what waits and fetches the day. Nothing that waits is taken away before the server has said that it has it.
import type { Day, KeptDay, Waiting } from "./entry";
import { all, change, forgetDay, keepDay, keptDay, remove } from "./storage";
import { zone } from "./words";
import { wall } from "./zone";

export type Reach = "reached" | "offline" | "signed_out" | "refused" | "broken";

const TIMEOUT_MS = 15_000;
/** A clock that differs by less is let be. */
const CLOCKS_DIFFER_MS = 120_000;
const NIGHT_ENDS_MS = 5 * 3600 * 1000;

const PATH = { page: "/pass", day: "/pass/dag.json", log: "/pass/logg.json" };

function token(): string {
  return document.cookie.split("; ").find((one) => one.startsWith("_csrf_token="))?.split("=")[1] ?? "";
}

async function ask(path: string, options: RequestInit = {}): Promise<Response | null> {
  try {
    return await fetch(path + window.location.search, {
      ...options,
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return null; // no network, or none that answers in time
  }
}

function reach(answer: Response | null): Reach {
  if (answer === null) return "offline";
  if (answer.ok) return "reached";
  if (answer.status === 401) return "signed_out";
  return answer.status === 403 ? "refused" : "broken";
}

/** Fetches the day; what is kept of it is taken away when the server says that it is not this person's. */
export async function fetchDay(): Promise<{ reach: Reach; kept?: KeptDay }> {
  const answer = await ask(PATH.day);
  const how = reach(answer);
  if (how === "reached" && answer !== null) {
    const day = (await answer.json().catch(() => null)) as Day | null;
    if (day === null || !Array.isArray(day.slots)) return { reach: "broken" };
    const fetched = Date.now();
    const ahead = Date.parse(day.now) - fetched;
    const kept = { day, fetched, ahead: Math.abs(ahead) > CLOCKS_DIFFER_MS ? ahead : 0 };
    await keepDay(kept);
    return { reach: how, kept };
  }
  if (how === "signed_out" || how === "refused") await forgetDay();
  return { reach: how };
}

/** The day as it was fetched last; of a day that is over no stop is left, but who one is and what one chooses among. */
export async function lastDay(): Promise<KeptDay | undefined> {
  const kept = await keptDay();
  if (kept === undefined || kept.day.day === workingDay(Date.now() + kept.ahead)) return kept;
  const over = { ...kept, day: { ...kept.day, slots: [] } };
  await keepDay(over);
  return over;
}

/** The working day of a moment, as 2026-11-28: the small hours belong to the evening before. */
function workingDay(at: number): string {
  return new Date(wall(at - NIGHT_ENDS_MS, zone)).toISOString().slice(0, 10);
}

/** How far sending came, and what the server said of what it took: what each entry counts for. */
export interface Sent {
  reach: Reach;
  said: string[];
}

/** Sends all that waits and was written by `account`, one at a time. */
export async function sendAll(account: string): Promise<Sent> {
  const send = async (): Promise<Sent> => {
    const said: string[] = [];
    for (const one of await all()) {
      if (one.entry.by !== account || one.fault !== null) continue;
      const how = await sendOne(one, said);
      if (how !== "reached") return { reach: how, said };
    }
    return { reach: "reached", said };
  };
  // Two tabs would send the same twice: the server counts it once all the same, but the one need not.
  return "locks" in navigator ? navigator.locks.request("problembild-pass", send) : send();
}

async function sendOne(waiting: Waiting, said: string[], renewed = false): Promise<Reach> {
  const answer = await ask(PATH.log, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(waiting.entry),
  });
  if (answer === null || answer.status === 401 || answer.status >= 500) return reach(answer);
  const told = (await answer.json().catch(() => ({}))) as { code?: string; sentence?: string };
  if (answer.ok) {
    // What answers without the code that we know is not our server: a page that asks for money on a train's network.
    if (told.code !== "kept" && told.code !== "known") return "broken";
    await remove(waiting.entry.entry_key);
    if (told.sentence) said.push(told.sentence);
    return "reached";
  }
  if (told.code === "not_our_form" && !renewed) {
    await ask(PATH.page); // signed in anew since the page was opened: it brings the new session's token
    return sendOne(waiting, said, true);
  }
  if (answer.status === 403) return "refused";
  await change({ ...waiting, fault: told.sentence ?? String(answer.status), code: told.code ?? "" });
  return "reached";
}
