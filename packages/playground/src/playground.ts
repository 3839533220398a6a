import {
  type App,
  CompileError,
  etag,
  type Graph,
  graph,
  type MountedRoute,
  type Plugin,
  policy,
  publicAccess,
  reply,
  route,
  type Use,
} from "@openspeed/core";
import { unpacked } from "./unpacked.ts";
import { pageText } from "./page-text.ts";
import { pageHeaders } from "./page-headers.ts";
import { timing, TIMING } from "./timing.ts";

export interface PlaygroundOptions {
  /** Where the page is. Default `"/playground"`. */
  readonly path?: `/${string}`;
  /**
   * What stands around the page, with a guard among it. With it the playground is there in every mode; without it, in
   * development only.
   */
  readonly use?: readonly Use[];
  /** What the page calls the app. Default `"Playground"`. */
  readonly title?: string;
}

const NAME = "playground";

/**
 * A page that shows an app's routes with forms made of their schemas, sends real requests to them, and tells what ran and
 * how long it took. In development it is open to all who reach the server; elsewhere it is there only behind a guard.
 *
 * @throws CompileError `OS_PLAYGROUND_UNGUARDED`, when an app starts whose `use` says no policy but `public`
 *
 * @example
 * const app = createApp({ routes, plugins: [playground()] });
 * // GET /playground
 */
export function playground({ path = "/playground", use, title = "Playground" }: PlaygroundOptions = {}): Plugin {
  return {
    name: NAME,
    capabilities: ["routes", "wrap", "compiled"],
    setup(host) {
      const development = host.mode === "development";
      if (!development && use === undefined) return;
      let running: App | undefined;
      let described: Promise<Graph> | undefined;
      const items = [...(use ?? [publicAccess()]), etag()];
      const serve = (at: string, summary: string, answer: () => unknown): void =>
        host.route("GET", at, route({ use: items, summary }, answer));

      serve(path, "The playground", () => reply(200, pageText({ path, title }), pageHeaders()));
      serve(`${path}/app.js`, "The playground's script", async () =>
        reply(200, (await unpacked()).script, { ...KEPT, "content-type": "text/javascript; charset=utf-8" }),
      );
      serve(`${path}/app.css`, "The playground's styles", async () =>
        reply(200, (await unpacked()).style, { ...KEPT, "content-type": "text/css; charset=utf-8" }),
      );
      serve(`${path}/graph.json`, "What the playground shows", async () => {
        if (running === undefined) throw new TypeError("The graph is there when the app has started.");
        return reply(200, await (described ??= shown(running)), KEPT);
      });
      if (development) host.wrap(timing());
      host.onCompiled(({ app, routes }) => {
        running = app;
        if (use !== undefined) checkGuarded(use, routes, path);
      });
    },
  };
}

const KEPT = { "cache-control": "private, no-cache", "x-content-type-options": "nosniff" } as const;

/** The app's graph without what the playground itself adds to it. */
async function shown(app: App): Promise<Graph> {
  const whole = await graph(app);
  const routes = whole.routes
    .filter(({ source }) => source !== `plugin ${NAME}`)
    .map((each) => ({ ...each, uses: each.uses.filter((name) => name !== TIMING) }));
  const used = new Set(routes.flatMap(({ uses }) => uses));
  return {
    ...whole,
    routes,
    providers: whole.providers.filter(({ name }) => used.has(name)),
    middleware: whole.middleware.filter(({ name }) => used.has(name)),
  };
}

/** A guard is known by the policy that it says; `publicAccess()` guards nothing. */
function checkGuarded(use: readonly Use[], routes: readonly MountedRoute[], path: string): void {
  const own = routes.find(
    ({ method, path: at, source }) => method === "GET" && at === path && source === `plugin ${NAME}`,
  );
  // A policy alone is a word: something must run to hold to it.
  const runs = use.some(({ kind }) => kind !== "meta");
  if (runs && own !== undefined && policy.all(own).some(({ kind }) => kind !== "public")) return;
  throw new CompileError([
    {
      code: "OS_PLAYGROUND_UNGUARDED",
      message: "The playground's `use` has no guard: anyone could send requests from it.",
      where: `GET ${path}`,
      mend: "Put a provider or middleware with a policy into playground({ use: […] }), or leave `use` out: it is then there in development only.",
    },
  ]);
}
