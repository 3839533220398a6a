import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type App,
  type Binding,
  CompileError,
  createApp,
  type Diagnostic,
  meta,
  type Middleware,
  middleware,
  port,
  problem,
  provide,
  type Use,
} from "../src/index.ts";

/** An item of a random graph: what it is, and what it needs by index. */
interface Item {
  readonly kind: "provider" | "port" | "middleware";
  readonly app: boolean;
  readonly needs: readonly number[];
}

interface Built {
  readonly app: App;
  /** The indices of what was created or called, in order. */
  readonly ran: number[];
  /** Needs that were not there when they were needed. */
  readonly absent: string[];
}

/** One route that uses the items at `roots`. */
function build(items: readonly Item[], roots: readonly number[]): Built {
  const ran: number[] = [];
  const absent: string[] = [];
  const bind: Binding[] = [];
  // Filled once all items are there, since items may need each other.
  const uses = items.map((): Use[] => []);
  const run = (i: number, ctx: object): number => {
    ran.push(i);
    for (const need of items[i]?.needs ?? []) {
      if (items[need]?.kind !== "middleware" && Reflect.get(ctx, `n${need}`) !== need)
        absent.push(`n${need} for n${i}`);
    }
    return i;
  };
  const made = items.map(({ kind, app }, i): Use => {
    const use = uses[i] ?? [];
    if (kind === "middleware") {
      return middleware(`n${i}`, { use }, (ctx, next) => {
        run(i, ctx);
        return next();
      });
    }
    const provider = app
      ? provide(`n${i}`, { use, scope: "app" }, (ctx) => run(i, ctx))
      : provide(`n${i}`, { use }, (ctx) => run(i, ctx));
    if (kind === "provider") return provider;
    const wanted = port<number>()(`n${i}`);
    bind.push(wanted.to(provider));
    return wanted;
  });
  const at = (index: number): Use => made[index] ?? meta<number>("none")(index);
  items.forEach(({ needs }, i) => uses[i]?.push(...needs.map(at)));
  return { app: createApp({ bind, mode: "test" }).get("/", { use: roots.map(at) }, () => "done"), ran, absent };
}

function reachable(items: readonly Item[], from: readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const queue = [...from];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...(items[next]?.needs ?? []));
  }
  return seen;
}

async function diagnosticsOf(app: App): Promise<readonly Diagnostic[]> {
  try {
    await app.compile();
    return [];
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics;
    throw error;
  }
}

const kind = fc.constantFrom<Item["kind"][]>("provider", "provider", "port", "middleware");

/** Items that need earlier ones only; what lives as long as the app needs only its like. */
const acyclic: fc.Arbitrary<readonly Item[]> = fc
  .array(fc.record({ kind, app: fc.boolean(), picks: fc.array(fc.nat(), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((drafts) => {
    const items: Item[] = [];
    drafts.forEach(({ kind, app, picks }, i) => {
      const needs = i === 0 ? [] : [...new Set(picks.map((pick) => pick % i))];
      items.push({ kind, needs, app: app && kind !== "middleware" && needs.every((need) => items[need]?.app) });
    });
    return items;
  });

const anyGraph: fc.Arbitrary<readonly Item[]> = fc
  .array(fc.record({ kind, picks: fc.array(fc.nat(), { maxLength: 3 }) }), { minLength: 1, maxLength: 7 })
  .map((drafts) =>
    drafts.map(({ kind, picks }) => ({
      kind,
      app: false,
      needs: [...new Set(picks.map((pick) => pick % drafts.length))],
    })),
  );

const rootsOf = (items: readonly Item[]): fc.Arbitrary<number[]> =>
  fc.array(fc.nat({ max: items.length - 1 }), { minLength: 1, maxLength: 5 });

describe("what a route uses", () => {
  test("runs once each, after all that it needs", async () => {
    await fc.assert(
      fc.asyncProperty(
        acyclic.chain((items) => fc.tuple(fc.constant(items), rootsOf(items))),
        async ([items, roots]) => {
          const { app, ran, absent } = build(items, roots);
          const response = await app.fetch(new Request("http://localhost/"));
          expect([response.status, await response.text()]).toEqual([200, "done"]);
          expect(ran.toSorted((a, b) => a - b)).toEqual([...reachable(items, roots)].toSorted((a, b) => a - b));
          for (const i of ran)
            for (const need of items[i]?.needs ?? []) expect(ran.indexOf(need)).toBeLessThan(ran.indexOf(i));
          expect(absent).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("runs again for the next request, unless it lives as long as the app", async () => {
    await fc.assert(
      fc.asyncProperty(
        acyclic.chain((items) => fc.tuple(fc.constant(items), rootsOf(items))),
        async ([items, roots]) => {
          const { app, ran } = build(items, roots);
          await app.fetch(new Request("http://localhost/"));
          const first = ran.splice(0);
          await app.fetch(new Request("http://localhost/"));
          expect(ran).toEqual(first.filter((i) => items[i]?.app !== true));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("has a cycle exactly if one is reported, and the chain told is one", async () => {
    let cyclic = 0;
    await fc.assert(
      fc.asyncProperty(
        anyGraph.chain((items) => fc.tuple(fc.constant(items), rootsOf(items))),
        async ([items, roots]) => {
          const needsItself = [...reachable(items, roots)].some((i) => reachable(items, items[i]?.needs ?? []).has(i));
          const found = await diagnosticsOf(build(items, roots).app);
          expect(found.every(({ code }) => code === "OS_CYCLE")).toBe(true);
          expect(found.length > 0).toBe(needsItself);
          if (needsItself) cyclic++;
          for (const { message } of found) {
            const chain = [...message.matchAll(/n(\d+)/g)].map(([, digits]) => Number(digits));
            expect(chain.length).toBeGreaterThan(1);
            expect(chain.at(0)).toBe(chain.at(-1));
            for (const [at, i] of chain.slice(0, -1).entries()) expect(items[i]?.needs).toContain(chain[at + 1]);
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(cyclic).toBeGreaterThan(100);
  });

  test("a long chain costs no more than its length", async () => {
    const items = Array.from({ length: 60 }, (_, i): Item => ({
      kind: "provider",
      app: false,
      needs: i < 2 ? [] : [i - 1, i - 2],
    }));
    const { app, ran } = build(items, [59]);
    await app.fetch(new Request("http://localhost/"));
    expect(ran).toHaveLength(60);
  });
});

describe("bindings", () => {
  const value = port<string>()("value");
  const other = port<string>()("other");
  const real = provide("real", {}, () => "real");
  const answer = async (bind: readonly Binding[]): Promise<string> => {
    const app = createApp({ bind, mode: "test" }).get("/", { use: [value] }, (ctx) => ctx.value);
    return (await app.fetch(new Request("http://localhost/"))).text();
  };

  test.each<[what: string, bind: readonly Binding[], text: string]>([
    ["a provider", [value.to(real)], "real"],
    ["a value", [value.with("given")], "given"],
    ["the last word counts", [value.to(real), value.with("last")], "last"],
    ["through another port", [value.to(other), other.to(real)], "real"],
    ["a provider that is replaced itself", [value.to(real), real.with("fake")], "fake"],
  ])("%s", async (_, bind, text) => {
    expect(await answer(bind)).toBe(text);
  });

  test.each<[what: string, bind: readonly Binding[]]>([
    ["none", []],
    ["itself", [value.to(value)]],
    ["each other", [value.to(other), other.to(value)]],
  ])("a port bound to %s is unbound", async (_, bind) => {
    const app = createApp({ bind }).get("/", { use: [value] }, () => "");
    expect((await diagnosticsOf(app)).map(({ code }) => code)).toEqual(["OS_UNBOUND_PORT"]);
  });

  test("a provider asked for by its own name and by a port's is created once", async () => {
    let created = 0;
    let disposed = 0;
    const counted = provide("counted", { dispose: () => void disposed++ }, () => `made ${++created}`);
    const app = createApp({ bind: [value.to(counted)] }).get(
      "/",
      { use: [counted, value] },
      (ctx) => `${ctx.counted}, ${ctx.value}`,
    );
    expect(await (await app.fetch(new Request("http://localhost/"))).text()).toBe("made 1, made 1");
    expect(disposed).toBe(1);
  });
});

describe("names", () => {
  const provider = (name: string): Use => provide(name, {}, () => 1);
  const failing = (status: number): Use => provide("failing", { problems: { stop: problem(status, "Stop") } }, () => 1);
  test.each<[what: string, use: readonly Use[], codes: readonly string[]]>([
    ["two providers of one name", [provider("a"), provider("a")], ["OS_DUPLICATE_NAME"]],
    ["one provider twice", [failing(403), provider("b")], []],
    ["the context's own", [provider("params")], ["OS_RESERVED_NAME"]],
    ["a prototype's", [provider("__proto__")], ["OS_RESERVED_NAME"]],
    ["fail", [provider("fail")], ["OS_RESERVED_NAME"]],
    ["a middleware's may be any", [middleware("params", {}, (_ctx, next) => next())], []],
    [
      "a problem of the kernel with another status",
      [provide("p", { problems: { notFound: problem(410, "Gone") } }, () => 1)],
      ["OS_RESERVED_NAME"],
    ],
    [
      "a problem of the kernel with its own status",
      [provide("p", { problems: { notFound: problem(404, "Gone") } }, () => 1)],
      [],
    ],
  ])("%s", async (_, use, codes) => {
    expect((await diagnosticsOf(createApp().get("/", { use }, () => ""))).map(({ code }) => code)).toEqual(codes);
  });

  test("problems of one name and different statuses clash, of equal statuses do not", async () => {
    const codes = async (status: number): Promise<string[]> =>
      (
        await diagnosticsOf(
          createApp().get("/", { use: [failing(403)], problems: { stop: problem(status, "No") } }, () => ""),
        )
      ).map(({ code }) => code);
    expect(await codes(409)).toEqual(["OS_PROBLEM_CLASH"]);
    expect(await codes(403)).toEqual([]);
  });
});

describe("slots and methods", () => {
  const named = (name: string, more: Partial<Middleware>): Middleware => ({
    ...middleware(name, { meta: [ran(name)] }, (_ctx, next) => next()),
    ...more,
  });
  const ran = meta<string>("ran");
  const writes = (method: string): boolean => method !== "GET";
  test.each<[what: string, outer: Middleware, inner: Middleware, expected: readonly string[]]>([
    ["the inner one takes the place", named("a", { slot: "s" }), named("a", { slot: "s", meta: [ran("in")] }), ["in"]],
    ["what does not cover the method", named("a", { covers: writes }), named("b", {}), ["b"]],
    [
      "what does not cover the method takes nobody's place",
      named("a", { slot: "s" }),
      named("a", { slot: "s", covers: writes }),
      ["a"],
    ],
    ["another one takes nobody's place", named("a", { slot: "s" }), named("b", { slot: "s" }), ["a", "b"]],
  ])("%s", async (_, outer, inner, expected) => {
    const app = createApp({ use: [outer] }).get("/", { use: [inner] }, () => "");
    const { routes } = await app.compile();
    expect(routes.map((route) => ran.all(route))).toEqual([expected]);
  });
});

test("metadata is gathered outermost first, an item's own after what it needs", async () => {
  const tag = meta<string>("tag");
  const inner = provide("inner", { meta: [tag("inner")] }, () => 1);
  const outer = middleware("outer", { use: [inner], meta: [tag("outer")] }, (_ctx, next) => next());
  const app = createApp({ use: [tag("app")] });
  app.group("/g", [tag("group")]).get("/", { use: [outer, tag("route"), inner] }, () => "");
  const { routes } = await app.compile();
  expect(routes.map((route) => tag.all(route))).toEqual([["app", "group", "inner", "outer", "route"]]);
});
