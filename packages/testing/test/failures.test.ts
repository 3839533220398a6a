import { createApp, problem, reply } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AnswerMismatch, testApp, type TestApp } from "../src/index.ts";

const app = createApp()
  .get("/tickets/:id", { problems: { notFound: problem(404, "No such ticket") } }, ({ fail }) =>
    fail.notFound("It was deleted"),
  )
  .get("/user", () =>
    reply(200, { id: "1", tags: ["a", "b"], home: { city: "Bangkok" }, "a/b": null }, { "x-one": "1" }),
  )
  .get("/text", () => "plain text")
  .get("/bytes", () => new Uint8Array(20))
  .get("/none", () => undefined)
  .get("/long", () => "x".repeat(5000))
  .get("/invalid", { query: z.object({ page: z.int() }) }, () => 1);

async function failureOf(make: (t: TestApp) => PromiseLike<unknown>): Promise<AnswerMismatch> {
  await using t = await testApp(app);
  const error: unknown = await make(t).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AnswerMismatch) return error;
  throw new Error("The assertion passed.");
}

describe("a failed assertion says", () => {
  test("the request, the statuses and the problem that came", async () => {
    const { message, expected, actual } = await failureOf((t) =>
      t("GET /tickets/:id", { params: { id: "42" } }).expect(200),
    );
    expect(message).toBe(`GET /tickets/42: expected status 200, got 404

  404 application/problem+json
  {
    "type": "about:blank",
    "title": "No such ticket",
    "status": 404,
    "name": "notFound",
    "detail": "It was deleted"
  }`);
    expect([expected, actual]).toEqual([200, 404]);
  });

  test("each place that differs", async () => {
    const wanted = { id: "2", tags: ["a", "c", "d"], home: { city: /^Ban/, zip: "10" }, "a/b": 1 };
    const { message } = await failureOf((t) => t("GET /user").expect(200, wanted));
    expect(message.split("\n").slice(0, 6)).toEqual([
      "GET /user: the value differs",
      '  #/id        expected "2", got "1"',
      '  #/tags/1    expected "c", got "b"',
      '  #/tags/2    expected "d", got nothing',
      '  #/home/zip  expected "10", got nothing',
      "  #/a~1b      expected 1, got null",
    ]);
  });

  test.each<[name: string, make: (t: TestApp) => PromiseLike<unknown>, says: string]>([
    [
      "items beyond the expected",
      (t) => t("GET /user").expect(200, { tags: ["a"] }),
      "#/tags  expected 1 items, got 2",
    ],
    ["another kind of value", (t) => t("GET /user").expect(200, { tags: {}, home: [] }), "#/home  expected [], got"],
    ["text", (t) => t("GET /text").expect(200, "other"), 'expected "other", got "plain text"'],
    ["text by pattern", (t) => t("GET /text").expect(200, /^other/), "expected text like /^other/"],
    ["bytes", (t) => t("GET /bytes").expect(200, new Uint8Array(1)), "expected 1 bytes [0], got 20 bytes [0 0"],
    ["bytes that came", (t) => t("GET /bytes").expect(201), "(20 bytes)"],
    ["no body", (t) => t("GET /none").expect(200), "(no body)"],
    ["a long body, cut", (t) => t("GET /long").expect(201), "x…"],
    [
      "what a runner's matcher wants",
      (t) => t("GET /user").expect(200, { id: expect.any(Number) }),
      "#/id  expected Any",
    ],
    ["a missing header", (t) => t("GET /user").expectHeader("x-two", "2"), 'expected header x-two "2", got none'],
    ["another header", (t) => t("GET /user").expectHeader("X-One", "2"), 'expected header X-One "2", got "1"'],
    [
      "a header by pattern",
      (t) => t("GET /user").expectHeader("x-one", /2/),
      'expected header x-one like /2/, got "1"',
    ],
    [
      "a header that should not be",
      (t) => t("GET /user").expectHeader("x-one", null),
      'expected header x-one absent, got "1"',
    ],
    [
      "no problem",
      (t) => t("GET /user").expectProblem("notFound"),
      "expected the problem notFound, got no problem document",
    ],
    ["another problem", (t) => t("GET /tickets/1").expectProblem("gone"), "expected the problem gone, got notFound"],
    ["another problem status", (t) => t("GET /tickets/1").expectProblem(410), "expected the problem 410, got 404"],
    [
      "another detail",
      (t) => t("GET /tickets/1").expectProblem("notFound", { detail: /never/ }),
      "#/detail  expected text like /never/",
    ],
    [
      "other errors",
      (t) => t("GET /invalid?page=x").expectProblem("invalid", { errors: [{ pointer: "#/size" }] }),
      '#/errors/0/pointer  expected "#/size", got "#/page"',
    ],
  ])("%s", async (_name, make, says) => {
    expect((await failureOf(make)).message).toContain(says);
  });

  test("the line of the test", async () => {
    const { stack = "" } = await failureOf((t) => t("GET /user").expect(201));
    expect(stack.split("\n").find((line) => /^\s+at /.test(line))).toContain("failures.test.ts");
  });

  test("the first of several", async () => {
    const { message } = await failureOf((t) => t("GET /user").expect(201).expectHeader("x-two", "2"));
    expect(message).toContain("expected status 201");
  });
});

describe("a passing assertion", () => {
  test("takes subsets, patterns, matchers, absence and gives the answer", async () => {
    await using t = await testApp(app);
    const { value, status } = await t("GET /user")
      .expect(200, {
        tags: ["a", /b/],
        home: { city: expect.stringContaining("Bang") },
        nothing: undefined,
        "a/b": null,
      })
      .expectHeader("x-one", "1")
      .expectHeader("x-two", null);
    expect([value, status]).toMatchObject([{ id: "1" }, 200]);
    await t("GET /tickets/1").expectProblem("notFound", { title: "No such ticket" }).expectProblem(404);
  });

  test("works with Promise.all", async () => {
    await using t = await testApp(app);
    const answers = await Promise.all([t("GET /text").expect(200), t("GET /user").expect(200)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});
