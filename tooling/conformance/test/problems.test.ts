import { createApp, kernelError, problem, provide, reply } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { quiet, suite } from "./suite.ts";

suite("problems", (open) => {
  const Taken = problem(409, "Taken", z.object({ by: z.string() }));

  test("a declared problem is an RFC 9457 document", async () => {
    const app = createApp({ mode: "test" });
    app.get("/plain", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone());
    app.get("/detail", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone("Since Monday"));
    app.get("/data", { problems: { taken: Taken } }, ({ fail }) => fail.taken({ by: "ada" }, "By ada"));
    const t = await open(app);
    const type = "application/problem+json";
    expect((await t("GET /plain").expect(410).expectHeader("content-type", type)).value).toEqual({
      type: "about:blank",
      title: "Gone",
      status: 410,
      name: "gone",
    });
    expect((await t("GET /detail").expect(410)).value).toEqual({
      type: "about:blank",
      title: "Gone",
      status: 410,
      name: "gone",
      detail: "Since Monday",
    });
    expect((await t("GET /data").expect(409)).value).toEqual({
      type: "about:blank",
      title: "Taken",
      status: 409,
      name: "taken",
      detail: "By ada",
      data: { by: "ada" },
    });
  });

  test("data is stripped to what is declared", async () => {
    for (const mode of ["test", "production"] as const) {
      const row = { by: "ada", password: "secret" };
      const t = await open(createApp({ mode }).get("/", { problems: { taken: Taken } }, ({ fail }) => fail.taken(row)));
      expect((await t("GET /").expect(409)).problem?.data).toEqual({ by: "ada" });
    }
  });

  test("data that does not fit is loud in test, and not sent in production", async () => {
    const wrong = { status: 409, by: 1 } as unknown as { by: string };
    const app = (mode: "test" | "production") =>
      createApp({ ...quiet, mode }).get("/", { problems: { taken: Taken } }, ({ fail }) => fail.taken(wrong));
    await (await open(app("test")))("GET /").expectProblem("internal", { detail: /taken/ });
    const { problem: sent } = await (await open(app("production")))("GET /").expectProblem("taken");
    expect(sent?.data).toBeUndefined();
  });

  test("a problem that is not declared is loud in test, and served in production", async () => {
    const helper = (): never => {
      throw kernelError("preconditionFailed");
    };
    const borrowed: { fail?: { gone: () => never } } = {};
    const app = (mode: "test" | "production" | "development") =>
      createApp({ ...quiet, mode })
        .get("/lend", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => {
          borrowed.fail = fail;
          return "lent";
        })
        .get("/", () => borrowed.fail?.gone())
        .get("/kernel", () => helper());
    for (const mode of ["test", "development"] as const) {
      const t = await open(app(mode));
      await t("GET /lend").expect(200);
      await t("GET /").expectProblem("internal", { detail: /GET \/ .*gone/ });
      await t("GET /kernel").expectProblem("preconditionFailed");
    }
    const t = await open(app("production"));
    await t("GET /lend").expect(200);
    await t("GET /").expectProblem("gone");
  });

  test("one name may be declared by several, with one status", async () => {
    const user = provide(
      "user",
      { problems: { forbidden: problem(403, "Not you") } },
      ({ header, fail }) => header("x-user") ?? fail.forbidden(),
    );
    const t = await open(
      createApp({ mode: "test" }).get(
        "/",
        { use: [user], problems: { forbidden: problem(403, "Not this") } },
        ({ fail }) => fail.forbidden(),
      ),
    );
    await t("GET /").expectProblem("forbidden", { title: "Not you" });
    await t("GET /", { headers: { "x-user": "ada" } }).expectProblem("forbidden");
  });

  test("the kernel's own names may be declared with the kernel's status", async () => {
    const t = await open(
      createApp({ mode: "test" }).get("/", { problems: { notFound: problem(404, "No such ticket") } }, ({ fail }) =>
        fail.notFound(),
      ),
    );
    await t("GET /").expectProblem("notFound", { title: "No such ticket" });
  });
});

suite("errors", (open) => {
  const broken = (): never => {
    throw new Error("The password is hunter2");
  };

  test.each(["production", "development", "test"] as const)(
    "are 500 without their message or stack, in %s",
    async (mode) => {
      const app = createApp({ ...quiet, mode });
      app
        .get("/sync", broken)
        .get("/async", async () => broken())
        .get("/provider", { use: [provide("p", {}, broken)] }, () => "x");
      app.get("/string", () => Promise.reject("hunter2")).post("/body", { body: z.unknown() }, broken);
      const t = await open(app);
      for (const key of ["GET /sync", "GET /async", "GET /provider", "GET /string", "POST /body"]) {
        const { text } = await t(key).expectProblem("internal", { title: "Internal server error" });
        expect(text).not.toMatch(/hunter2|at .*\.ts|Error:/);
      }
    },
  );

  test("are told to onError, once, with their place", async () => {
    const told: unknown[] = [];
    const app = createApp({
      onError: (error, place) => told.push([error instanceof Error ? error.message : error, place]),
    });
    app.get("/users/:id", () => {
      throw new Error("Broken");
    });
    app.get("/fine", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone());
    const t = await open(app);
    await t("GET /users/7").expect(500);
    await t("GET /fine").expect(410);
    await t("GET /nothing").expect(404);
    const id: unknown = expect.stringMatching(/^urn:uuid:/);
    expect(told).toEqual([["Broken", { id, method: "GET", path: "/users/7", route: "GET /users/:id" }]]);
  });

  test("in onError itself do not reach the request", async () => {
    const written = console.error;
    const seen: unknown[] = [];
    console.error = (...args: unknown[]) => void seen.push(...args);
    try {
      const app = createApp({ onError: () => broken() }).get("/", broken);
      const t = await open(app);
      await t("GET /").expectProblem("internal");
      expect(seen).toHaveLength(1);
    } finally {
      console.error = written;
    }
  });

  test("go to the console where nobody listens", async () => {
    const written = console.error;
    const seen: unknown[] = [];
    console.error = (...args: unknown[]) => void seen.push(...args);
    try {
      const t = await open(createApp().get("/", broken));
      await t("GET /").expectProblem("internal");
      expect(seen[0]).toMatch(/GET \/ \(GET \/\)/);
    } finally {
      console.error = written;
    }
  });

  test("of values that JSON cannot carry", async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const t = await open(
      createApp(quiet)
        .get("/", () => circular)
        .get("/big", () => 1n)
        .get("/async", async () => circular),
    );
    await t("GET /").expectProblem("internal");
    await t("GET /big").expectProblem("internal");
    await t("GET /async").expectProblem("internal");
  });

  test("one request's error leaves the next alone", async () => {
    let count = 0;
    const t = await open(createApp(quiet).get("/", () => (++count === 1 ? broken() : reply(200, "fine"))));
    await t("GET /").expect(500);
    await t("GET /").expect(200, "fine");
  });
});
