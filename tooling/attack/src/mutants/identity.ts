/** Caches and checks that look at the wrong thing about who asks. */
import { createApp, middleware, problem, reply, route, withHeaders } from "@openspeed/core";
import { callerOf, SECRET } from "../ledger.ts";
import { ELSEWHERE } from "../subjects/browsers.ts";
import { TOOLS } from "../subjects/projections.ts";
import { mutant, type Mutant } from "./mutant.ts";

const problems = { unauthenticated: problem(401, "Say who you are"), crossSite: problem(403, "From another site") };
const guard = middleware("guard", { problems }, ({ header, fail }, next) =>
  callerOf(header) === undefined ? fail.unauthenticated() : next(),
);
const form = { method: "POST", path: "/form", access: "caller" } as const;

export const identity: readonly Mutant[] = [
  mutant("D", "guard passed", "pages", "keeps answers by their path alone", () => {
    const kept = new Map<string, string>();
    const answers = middleware("cache", {}, async ({ path }, next) => {
      const before = kept.get(path);
      if (before !== undefined) return { status: 200, headers: [], body: before };
      const outcome = await next();
      if (outcome.status === 200 && typeof outcome.body === "string") kept.set(path, outcome.body);
      return outcome;
    });
    const secret = route({ use: [answers, guard] }, () => SECRET);
    return createApp({ routes: { "GET /admin": secret, "GET /inside/7": secret } });
  }),
  mutant("D", "unvalidated", "pages", "looks for other sites in forms alone", (witness) => {
    const handler = witness(form);
    const crossSite = middleware("csrf", { problems }, ({ header, fail }, next) => {
      const isForm = header("content-type") === "application/x-www-form-urlencoded";
      return isForm && header("origin") !== null ? fail.crossSite() : next();
    });
    return createApp({ routes: { "POST /form": route({ use: [crossSite, guard] }, (ctx) => handler(ctx)) } });
  }),
  mutant("D", "answer", "assets", "compares tags before it asks who it is", () => {
    const tagged = middleware("tags", {}, ({ header }, next) =>
      header("if-none-match") === "*" ? { status: 304, headers: ["etag", '"a"'], body: null } : next(),
    );
    return createApp({ routes: { "GET /private/report.txt": route({ use: [tagged, guard] }, () => SECRET) } });
  }),
  mutant("D", "guard passed", "mcp", "calls handlers without their guards", (witness) => {
    const changed = witness(TOOLS.changed);
    return createApp({ routes: { "POST /mcp": route((ctx) => reply(200, changed(ctx))) } });
  }),
  mutant("D", "injected", "browsers", "lets every origin read", () => {
    const reflected = middleware("cors", {}, async ({ header }, next) =>
      withHeaders(await next(), {
        "access-control-allow-origin": header("origin") ?? "*",
        "access-control-allow-credentials": "true",
      }),
    );
    return createApp({ use: [reflected], onError: () => undefined, routes: { "GET /prices": route(() => "12") } });
  }),
  mutant("D", "injected", "browsers", "lets a route of every method answer for all others", () => {
    const wide = middleware("cors", {}, async ({ header }, next) =>
      header("origin") === ELSEWHERE ? withHeaders(await next(), { "access-control-allow-origin": ELSEWHERE }) : next(),
    );
    return createApp({ onError: () => undefined })
      .post("/changed", { use: [guard] }, () => SECRET)
      .options("/:any", { use: [wide] }, () => undefined);
  }),
];
