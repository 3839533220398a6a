import { createApp, middleware, type Plugin, problem, provide, type Trace, withHeaders } from "@openspeed/core";
import { expect, test } from "vitest";
import { quiet, suite } from "./suite.ts";

/** A tracer that says in a header what began and ended. */
function tracing(): Plugin {
  const trace = (): Trace => {
    const told: string[] = [];
    return {
      begin(kind, name) {
        told.push(`${kind} ${name}`);
        return () => told.push(`/${name}`);
      },
      end: (outcome) => withHeaders(outcome, { "x-trace": told.join(", ") }),
    };
  };
  const tracer = { ...middleware("tracer", {}, (_ctx, next) => next()), trace };
  return { name: "tracing", capabilities: ["wrap"], setup: (host) => host.wrap(tracer) };
}

const now = provide("now", {}, () => 1);
const later = provide("later", { use: [now] }, async ({ now }) => now + (await Promise.resolve(1)));
const around = middleware("around", {}, (_ctx, next) => next());
const outer = middleware("outer", {}, async (_ctx, next) => next());

suite("traces", (open) => {
  test("tell of every step in its order, of those outside of the tracer too", async () => {
    const t = await open(
      createApp({ plugins: [tracing()], use: [outer] }).get("/", { use: [later, around] }, ({ later }) => later),
    );
    await t("GET /")
      .expect(200, 2)
      .expectHeader(
        "x-trace",
        "middleware outer, provider now, /now, provider later, /later, middleware around, handler handler, /handler, /around, /outer",
      );
  });

  test("tell of what failed, and of what nothing takes", async () => {
    const guard = provide("guard", { problems: { no: problem(403, "No") } }, ({ fail }): void => fail.no());
    const broken = provide("broken", {}, async () => Promise.reject(new Error("broken")));
    const app = createApp({ ...quiet, plugins: [tracing()] })
      .get("/guarded", { use: [guard] }, () => "")
      .get("/broken", { use: [around, broken] }, () => "");
    const t = await open(app);
    await t("GET /guarded").expectProblem("no").expectHeader("x-trace", "provider guard, /guard");
    await t("GET /broken")
      .expectProblem("internal")
      .expectHeader("x-trace", "middleware around, provider broken, /broken, /around");
    await t("GET /nowhere").expectProblem("notFound").expectHeader("x-trace", "handler handler, /handler");
  });

  test("dispose what was traced", async () => {
    const ended: unknown[] = [];
    const tx = provide("tx", { dispose: (value, { error }) => void ended.push(value, error) }, () => "tx");
    const t = await open(createApp({ plugins: [tracing()] }).get("/", { use: [tx] }, ({ tx }) => tx));
    await t("GET /").expect(200, "tx").expectHeader("x-trace", "provider tx, /tx, handler handler, /handler");
    expect(ended).toEqual(["tx", undefined]);
  });
});
