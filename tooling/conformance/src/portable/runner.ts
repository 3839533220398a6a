// Registers tests in nested groups and runs them one after another.

export type Body = () => void | Promise<void>;

export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** What a runtime reports, as JSON. */
export interface Report {
  readonly passed: number;
  readonly failed: readonly Failure[];
}

interface Group {
  readonly path: readonly string[];
  readonly parent: Group | undefined;
  readonly items: (Group | { readonly name: string; readonly body: Body })[];
  readonly hooks: { readonly [K in Hook]: Body[] };
}
type Hook = "beforeAll" | "afterAll" | "beforeEach" | "afterEach";

const makeGroup = (path: readonly string[], parent: Group | undefined): Group => ({
  path,
  parent,
  items: [],
  hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] },
});

const root = makeGroup([], undefined);
let current = root;

export function group(name: string, body: () => void): void {
  const outer = current;
  current = makeGroup([...outer.path, name], outer);
  outer.items.push(current);
  body();
  current = outer;
}

export function single(name: string, body: Body): void {
  current.items.push({ name, body });
}

const hook =
  (name: Hook) =>
  (body: Body): void =>
    void current.hooks[name].push(body);
export const beforeAll: (body: Body) => void = hook("beforeAll");
export const afterAll: (body: Body) => void = hook("afterAll");
export const beforeEach: (body: Body) => void = hook("beforeEach");
export const afterEach: (body: Body) => void = hook("afterEach");

const LIMIT_MS = 10_000;

export async function runAll(): Promise<Report> {
  const failed: Failure[] = [];
  let passed = 0;

  async function runGroup(group: Group): Promise<void> {
    for (const body of group.hooks.beforeAll) await body();
    for (const item of group.items) {
      if ("items" in item) await runGroup(item);
      else await runTest(group, item.name, item.body);
    }
    for (const body of group.hooks.afterAll) await body();
  }

  async function runTest(group: Group, name: string, body: Body): Promise<void> {
    const line: Group[] = [];
    for (let each: Group | undefined = group; each !== undefined; each = each.parent) line.unshift(each);
    try {
      await within(async () => {
        for (const each of line) for (const before of each.hooks.beforeEach) await before();
        try {
          await body();
        } finally {
          for (const each of line.toReversed()) for (const after of each.hooks.afterEach) await after();
        }
      });
      passed++;
    } catch (error) {
      failed.push({
        name: [...group.path, name].join(" > "),
        message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
    }
  }

  await runGroup(root);
  return { passed, failed };
}

/** A test that never ends fails alone, instead of the whole run. */
async function within(body: () => Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`The test took more than ${LIMIT_MS} ms.`)), LIMIT_MS);
  try {
    await Promise.race([body(), promise]);
  } finally {
    clearTimeout(timer);
  }
}
