import type { Options } from "../options.ts";
import { progress } from "../progress.ts";
import { rowOf, rowsOf, type Row } from "../row.ts";
import { turns } from "../turns.ts";
import { typeCost, type TypeCost } from "./compile.ts";
import * as elysia from "./subjects/elysia.ts";
import * as hono from "./subjects/hono.ts";
import * as openspeed from "./subjects/openspeed.ts";

interface Subject {
  readonly name: string;
  readonly sourceOf: (count: number) => string;
  readonly sizes: readonly number[];
}

// The peers stop at 400, where their chains take seconds already.
const subjects: readonly Subject[] = [
  { name: "openspeed", sourceOf: openspeed.sourceOf, sizes: [50, 400, 2000, 5000] },
  { name: "elysia", sourceOf: elysia.sourceOf, sizes: [50, 400] },
  { name: "hono", sourceOf: hono.sourceOf, sizes: [50, 400] },
];

const reference = "openspeed";

const metrics = {
  instantiations: "instantiations",
  checkSeconds: "s to check",
  memoryMebibytes: "MiB of memory",
} as const satisfies Record<keyof TypeCost, string>;

/** What the types of a file of N routes cost the compiler. Instantiations are the same every time; the time is not. */
export async function types(options: Options): Promise<Row[]> {
  const rounds = options.rounds ?? (options.quick ? 1 : 3);
  const chosen = subjects.filter(({ name }) => options.subjects?.includes(name) ?? true);
  const sizes = [...new Set(chosen.flatMap((subject) => subject.sizes))].filter(
    (size) => options.cases?.includes(`${size} routes`) ?? true,
  );
  const costs = new Map<number, Map<string, TypeCost[]>>();
  for (const size of sizes) {
    const having = chosen.filter((subject) => subject.sizes.includes(size));
    const bySubject = new Map(having.map(({ name }) => [name, Array<TypeCost>()]));
    for (let round = 0; round < rounds; round++) {
      progress(`${size} routes, round ${round + 1} of ${rounds}`);
      for (const { name, sourceOf } of turns(having, round)) bySubject.get(name)?.push(await typeCost(sourceOf(size)));
    }
    costs.set(size, bySubject);
  }
  return [...[...costs].flatMap(([size, bySubject]) => absolute(size, bySubject)), ...marginal(costs)];
}

function absolute(size: number, costs: ReadonlyMap<string, readonly TypeCost[]>): Row[] {
  return (["instantiations", "checkSeconds", "memoryMebibytes"] as const).flatMap((key) => {
    const samples = new Map([...costs].map(([name, all]) => [name, all.map((cost) => cost[key])]));
    return rowsOf({ suite: "types", case: `${size} routes`, metric: metrics[key] }, samples, reference);
  });
}

/** What one more route costs, between each size and the next. */
function marginal(costs: ReadonlyMap<number, ReadonlyMap<string, readonly TypeCost[]>>): Row[] {
  const sizes = [...costs];
  return sizes.slice(1).flatMap(([to, more], i) => {
    const [from, less] = sizes[i] ?? [0, more];
    const steps = [...more].flatMap(([name, all]) => {
      const before = less.get(name)?.[0];
      const after = all[0];
      return before === undefined || after === undefined
        ? []
        : [{ name, step: (after.instantiations - before.instantiations) / (to - from) }];
    });
    const base = steps.find(({ name }) => name === reference)?.step;
    const figure = { suite: "types", case: `${from} → ${to} routes`, metric: "instantiations/route" };
    return steps.map(({ name, step }) => rowOf(figure, name, [step], base === undefined ? [] : [step / base]));
  });
}
