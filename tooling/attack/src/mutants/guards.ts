/** Guards that read the request themselves, beside the router. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createApp, type ItemContext, middleware, type Outcome, problem, route } from "@openspeed/core";
import { callerOf, isEntitled, type Witness } from "../ledger.ts";
import { keyOf } from "../oracle.ts";
import type { Attacked } from "../subject.ts";
import { subjectNamed } from "../subjects/index.ts";
import { mutant, type Mutant } from "./mutant.ts";

const problems = { unauthenticated: problem(401, "Say who you are") };

/** All routes of a table, and one guard around all of them that decides for itself which requests it minds. */
function guardedBy(subject: string, minds: (ctx: ItemContext) => boolean): (witness: Witness) => Attacked {
  const guard = middleware("guard", { problems }, (ctx, next) =>
    minds(ctx) && callerOf(ctx.header) === undefined ? ctx.fail.unauthenticated() : next(),
  );
  return (witness) =>
    createApp({
      use: [guard],
      onError: () => undefined,
      routes: Object.fromEntries(subjectNamed(subject).table.map((entry) => [keyOf(entry), route(witness(entry))])),
    });
}

const isAdmin = (path: string): boolean => /^\/admin(?:\.json)?(?:\/|$)/.test(path);

const guardMutants: readonly Mutant[] = [
  mutant(
    "A",
    "guard passed",
    "group",
    "minds paths that begin with /admin, as received",
    guardedBy("group", ({ incoming }) => incoming.target.startsWith("/admin")),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "decodes the path once more",
    guardedBy("group", ({ incoming }) => {
      try {
        return isAdmin(decodeURIComponent(incoming.target.split("?")[0] ?? ""));
      } catch {
        return false;
      }
    }),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "forgets HEAD",
    guardedBy("group", ({ method, path }) => method !== "HEAD" && isAdmin(path)),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "believes x-internal",
    guardedBy("group", ({ header, path }) => header("x-internal") === null && isAdmin(path)),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "is skipped by x-middleware-subrequest",
    guardedBy("group", ({ header, path }) => header("x-middleware-subrequest") === null && isAdmin(path)),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "skips prefetches",
    guardedBy(
      "group",
      ({ header, path }) => !/prefetch/.test(`${header("purpose")}${header("sec-purpose")}`) && isAdmin(path),
    ),
  ),
  mutant(
    "A",
    "misrouted",
    "group",
    "minds neighbours too",
    guardedBy("group", ({ path }) => path.startsWith("/admin")),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "reads the overridden method",
    guardedBy(
      "group",
      ({ header, method, path }) => (header("x-http-method-override") ?? method) !== "OPTIONS" && isAdmin(path),
    ),
  ),
  mutant(
    "A",
    "guard passed",
    "group",
    "looks at x-original-url first",
    guardedBy("group", ({ header, path }) => isAdmin(header("x-original-url") ?? path)),
  ),
];

const selfByQuery: Mutant = mutant("A", "guard passed", "params", "takes the query for params", (witness) => {
  const guard = middleware("self", { problems }, (ctx, next) => {
    const caller = callerOf(ctx.header);
    const id: unknown = ctx.query["id"] ?? ctx.params["id"];
    return isEntitled("self", caller, id) ? next() : ctx.fail.unauthenticated();
  });
  return createApp({
    routes: subjectNamed("params").table.map((entry) => ({
      method: entry.method,
      path: entry.path,
      use: entry.access === "public" ? [] : [guard],
      route: route(witness(entry)),
    })),
  });
});

/** A server of files that joins what it was asked for to its root. */
const joinedPaths: Mutant = mutant("A", "guard passed", "assets", "joins paths to its root", () => {
  const root = fileURLToPath(new URL("../subjects/build/public/", import.meta.url));
  const app = createApp();
  const respond = async (target: string): Promise<Outcome> => {
    try {
      const path = decodeURIComponent(target.split("?")[0] ?? "").replaceAll("\\", "/");
      return {
        status: 200,
        headers: [],
        body: new Uint8Array(await readFile(join(root, path.replace(/^\/assets/, "")))),
      };
    } catch {
      return { status: 404, headers: [], body: null };
    }
  };
  return {
    limits: app.limits,
    ready: () => app.ready(),
    close: () => app.close(),
    handle: ({ target }) => respond(target),
    fetch: () => new Response(null, { status: 404 }),
  };
});

export const guards: readonly Mutant[] = [...guardMutants, selfByQuery, joinedPaths];
