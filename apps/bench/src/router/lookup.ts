// The process of one subject: holds all tables, and is asked for the time of a lookup.
import { answer } from "../process/answer.ts";
import { median } from "../statistics.ts";
import type { TableRoute } from "./route.ts";
import type { Router } from "./router.ts";
import { loadSubject } from "./subjects.ts";
import { SAMPLE, tableNamed } from "./tables.ts";

/** Which paths are looked up, and whether each is a new string, as from a socket, or always the same one. */
export type Lookups = "fresh" | "constant" | "sample";

export type LookupQuestion =
  | { readonly do: "build"; readonly table: string }
  | { readonly do: "measure"; readonly table: string; readonly lookups: Lookups; readonly milliseconds: number };

/** Nanoseconds a lookup; the number of routes for `build`. */
export type LookupAnswer = number;

interface Built {
  readonly router: Router;
  readonly routes: readonly TableRoute[];
  readonly sample: readonly TableRoute[];
}

const BATCH = 1000;
const createRouter = await loadSubject(process.argv[2] ?? "");
const built = new Map<string, Built>();

answer<null, LookupQuestion, LookupAnswer>(null, (question) => {
  if (question.do === "build") return build(question.table);
  const table = built.get(question.table);
  if (table === undefined) throw new Error(`${question.table} was not built`);
  return measure(table, question.lookups, question.milliseconds);
});

function build(table: string): number {
  const routes = tableNamed(table);
  const router = createRouter();
  for (const route of routes) router.add(route);
  for (const route of routes) verify(router, route);
  if (router.read("GET", "/no/such/path", []) !== undefined)
    throw new Error(`finds a route for /no/such/path in ${table}`);
  built.set(table, { router, routes: shuffled(routes), sample: shuffled(routes.slice(0, SAMPLE)) });
  return routes.length;
}

function verify(router: Router, route: TableRoute): void {
  const params: string[] = [];
  const found = router.read(route.method, route.path, params);
  if (found !== route)
    throw new Error(`finds ${found?.pattern ?? "nothing"} for ${route.method} ${route.path}, not ${route.pattern}`);
  if (params.join() !== route.values.join())
    throw new Error(`reads ${params.join()} from ${route.path}, not ${route.values.join()}`);
}

/** The median of batches, so that what interrupts one of them does not count. */
function measure({ router, routes, sample }: Built, lookups: Lookups, milliseconds: number): number {
  const asked = lookups === "sample" ? sample : routes;
  const size = Math.ceil(BATCH / asked.length) * asked.length;
  const order = Array.from({ length: size }, (_, i) => asked[i % asked.length]).filter((route) => route !== undefined);
  const methods = order.map(({ method }) => method);
  const constant = order.map(({ path }) => path);
  const bytes = Buffer.from(constant.join(""), "latin1");
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  do {
    times.push(batch(router, methods, lookups === "constant" ? constant : copies(bytes, constant)));
  } while (performance.now() < end);
  return median(times);
}

/** New strings, never hashed nor interned, each for one lookup. */
function copies(bytes: Buffer, paths: readonly string[]): string[] {
  let at = 0;
  return paths.map(({ length }) => bytes.toString("latin1", at, (at += length)));
}

function batch(router: Router, methods: readonly string[], paths: readonly string[]): number {
  const params: string[] = [];
  let found = 0;
  const begun = process.hrtime.bigint();
  for (let i = 0; i < paths.length; i++) {
    if (router.read(methods[i] ?? "", paths[i] ?? "", params) !== undefined) found++;
  }
  const taken = Number(process.hrtime.bigint() - begun);
  if (found !== paths.length) throw new Error(`${paths.length - found} lookups found nothing`);
  return taken / paths.length;
}

/** The same order for every subject, which no prefetching follows. */
function shuffled<T>(all: readonly T[]): T[] {
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647);
  return all
    .map((value) => ({ value, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
