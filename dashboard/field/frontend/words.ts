// What the page says, in the language that the document came in.
import { hands } from "./zone";

const WORDS: Record<string, string> = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** In which times are shown and read: the municipality's. */
export const zone = WORDS.zone;

export const language = WORDS.language === "en" ? "en" : "sv";

/** Says a text; what stands in braces is put in. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  return (WORDS[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

export function waiting(count: number): string {
  return say(count === 1 ? "waiting_one" : "waiting_other", { n: count });
}

/** A clock as it is read out: 07.42. */
export function clock(at: Date): string {
  const [hour, minute] = hands(at, zone);
  return `${hour}${language === "sv" ? "." : ":"}${minute}`;
}
