/** How Desk says things: states, priorities, times, counts. */
import type { Priority, State } from "../tickets/ticket.ts";

export const stateWords: Readonly<Record<State, string>> = {
  open: "Open",
  pending: "Pending",
  solved: "Solved",
  closed: "Closed",
};

export const priorityWords: Readonly<Record<Priority, string>> = {
  low: "Low",
  normal: "Normal",
  high: "High",
  urgent: "Urgent",
};

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
const numbers = new Intl.NumberFormat("en-GB");
const plurals = new Intl.PluralRules("en-GB");
const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

export function onDate(time: string): string {
  return dates.format(new Date(time));
}

export function atTime(time: string): string {
  return `${times.format(new Date(time))} UTC`;
}

/** `counted(3, "ticket")` is `3 tickets`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${plurals.select(count) === "one" ? one : many}`;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How long ago, in the largest unit that fits: `3 days ago`. */
export function ago(time: string, now: number): string {
  const passed = now - Date.parse(time);
  for (const [unit, length] of UNITS) if (passed >= length) return relative.format(-Math.floor(passed / length), unit);
  return "just now";
}
