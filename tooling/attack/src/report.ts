import type { Finding, Result, Tally } from "./attack.ts";
import type { Attack } from "./case.ts";
import type { Paths } from "./read-paths.ts";

/** A table by class and subject, then each finding with what replays it. */
export function reportOf(name: string, seed: number, { tallies, findings, lenient }: Result): string {
  const rows = tallies
    .toSorted((a, b) => (a.class === b.class ? a.subject.localeCompare(b.subject) : a.class < b.class ? -1 : 1))
    .map(rowOf);
  const sum = (part: (tally: Tally) => number): number => tallies.reduce((all, tally) => all + part(tally), 0);
  const total = [
    "",
    "all",
    String(sum(({ cases }) => cases)),
    String(sum(({ attacks }) => attacks)),
    String(sum((tally) => tally.faults["guard passed"] ?? 0)),
    String(sum((tally) => tally.faults.desync ?? 0)),
    String(findings.length),
    "",
  ];
  const head = ["class", "subject", "cases", "sent", "guards passed", "desyncs", "findings", "slowest ms"];
  return [
    `${name}, seed ${seed}`,
    "",
    ...table([head, ...rows, total]),
    ...(lenient > 0
      ? ["", `The platform's own server read ${lenient} messages more leniently than RFC 9112 does.`]
      : []),
    "",
    ...findings.map((each) => lineOf(each, seed)),
  ].join("\n");
}

export function pathsLine({ paths, perSecond, differences }: Paths): string {
  const lines = differences.map(
    ({ subject, method, target, caller, text, number }) =>
      `  ${number}: ${subject}, ${JSON.stringify(`${method} ${target.slice(0, 300)}`)} by ${caller ?? "nobody"}: ${text}`,
  );
  return [
    `${paths} paths, ${perSecond} a second, ${differences.length} differences between guard and router`,
    ...lines,
  ].join("\n");
}

function rowOf({ class: attackClass, subject, cases, attacks, faults, slowest }: Tally): readonly string[] {
  const all = Object.values(faults).reduce((sum, each) => sum + each, 0);
  const passed = faults["guard passed"] ?? 0;
  return [
    attackClass,
    subject,
    `${cases}`,
    `${attacks}`,
    `${passed}`,
    `${faults.desync ?? 0}`,
    `${all}`,
    slowest.toFixed(1),
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((text, i) => Math.max(widest[i] ?? 0, text.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((text, i) => (i < 2 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function lineOf({ kind, text, attacked, way }: Finding, seed: number): string {
  if (attacked === undefined) return `${kind}: ${text}`;
  const replay = `--class ${attacked.class} --seed ${seed} --only ${attacked.number}`;
  return `${kind}: ${text}\n  ${attacked.subject}, by ${way}, ${attacked.name} (${attacked.origin})\n  ${shown(attacked.attack)}\n  npm run attack -- ${replay}`;
}

export function shown(attack: Attack): string {
  if (attack.kind === "start") return `limits: ${JSON.stringify(attack.limits)}`;
  if (attack.kind === "bytes") return JSON.stringify(attack.bytes.slice(0, 600));
  const { method, target, headers, body } = attack.request;
  const said = headers.map(([name, value]) => `${name}: ${value}`).join(" | ");
  const sent = body === undefined ? "" : ` ${JSON.stringify(Buffer.from(body).toString("latin1").slice(0, 300))}`;
  return JSON.stringify(`${method} ${target.slice(0, 300)} | ${said.slice(0, 400)}`) + sent;
}
