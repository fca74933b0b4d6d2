// Clocks as they are read in the municipality's zone, whatever zone the telephone is set to.

/** What a clock in a zone shows at a moment, as milliseconds as if that were UTC; without a zone, in the telephone's. */
export function wall(at: number, zone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const [year, month, day, hour, minute, second] = (["year", "month", "day", "hour", "minute", "second"] as const).map((name) =>
    Number(parts.find((one) => one.type === name)?.value),
  ) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The moment at which a clock in a zone shows something; `shown` as of `wall`. */
export function moment(shown: number, zone: string | undefined): number {
  const near = shown - (wall(shown, zone) - shown);
  return shown - (wall(near, zone) - Math.floor(near / 1000) * 1000);
}

/** Hours and minutes of a moment, two digits each. */
export function hands(at: Date, zone: string | undefined): [string, string] {
  const shown = new Date(wall(at.getTime(), zone));
  const two = (one: number): string => String(one).padStart(2, "0");
  return [two(shown.getUTCHours()), two(shown.getUTCMinutes())];
}
