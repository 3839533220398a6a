import { createApp, form, problem, provide, reply, route } from "@openspeed/core";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import { type ProblemDocument, testApp } from "../src/index.ts";

const user = provide("user", { problems: { unauthenticated: problem(401, "Sign in") } }, () => "ada");
const get = route(
  {
    use: [user],
    params: z.object({ id: z.number() }),
    query: z.object({ deep: z.boolean().optional() }),
    output: z.object({ id: z.string(), tags: z.array(z.string()) }),
    problems: { gone: problem(410, "Gone") },
  },
  () => ({ id: "1", tags: [] }),
);
const post = route(
  {
    headers: z.object({ "x-key": z.string() }),
    body: z.object({ name: z.string() }),
    output: { 201: z.object({ n: z.number() }) },
  },
  () => reply(201, { n: 1 }),
);
const upload = route({ body: form(z.object({ a: z.string() })) }, () => "done");
const plain = route(() => ({ any: 1 }));

interface Api {
  "GET /users/:id": typeof get;
  "POST /users": typeof post;
  "POST /upload": typeof upload;
  "GET /plain": typeof plain;
  "GET /plain/:a/:b?": typeof plain;
}

const t = await testApp<Api>(createApp());

// what a request takes
t("GET /users/:id", { params: { id: 1 } });
t("GET /users/:id", { params: { id: 1 }, query: { deep: true }, headers: { "x-any": "1" }, cookies: { a: "1" } });
t("POST /users", { headers: { "x-key": "1", "x-more": "2" }, body: { name: "a" } });
t("POST /upload", { body: new URLSearchParams("a=1") });
t("GET /plain");
t("GET /plain", { query: { q: 1 } });
t("GET /plain/:a/:b?", { params: { a: "1" } });
// @ts-expect-error: no such route
t("GET /nothing");
// @ts-expect-error: params are missing
t("GET /users/:id");
// @ts-expect-error: params have another type
t("GET /users/:id", { params: { id: "1" } });
// @ts-expect-error: the query has another type
t("GET /users/:id", { params: { id: 1 }, query: { deep: "yes" } });
// @ts-expect-error: the header is missing
t("POST /users", { body: { name: "a" } });
// @ts-expect-error: the body has another type
t("POST /users", { headers: { "x-key": "1" }, body: { name: 1 } });
// @ts-expect-error: the path's own params are missing, though no schema declares them
t("GET /plain/:a/:b?");
// ... and what the types refuse can still be sent
t.untyped("POST /users", { body: { name: 1 } });

// what an answer gives
const answer = await t("GET /users/:id", { params: { id: 1 } }).expect(200, { tags: [/a/] });
expectTypeOf(answer.value).toEqualTypeOf<{ id: string; tags: string[] }>();
expectTypeOf(answer.problem).toEqualTypeOf<ProblemDocument | undefined>();
expectTypeOf((await t("POST /users", { headers: { "x-key": "1" }, body: { name: "a" } })).value).toEqualTypeOf<{
  n: number;
}>();
expectTypeOf((await t("GET /plain")).value).toEqualTypeOf<{ any: number }>();
// @ts-expect-error: the output has no such property
t("GET /users/:id", { params: { id: 1 } }).expect(200, { name: "a" });
// @ts-expect-error: the output's property has another type
t("GET /users/:id", { params: { id: 1 } }).expect(200, { id: 1 });

// which problems it knows: the route's, its items' and the kernel's
t("GET /users/:id", { params: { id: 1 } }).expectProblem("gone");
t("GET /users/:id", { params: { id: 1 } }).expectProblem("unauthenticated");
t("GET /users/:id", { params: { id: 1 } }).expectProblem("invalid", { errors: [{ in: "params", pointer: "#/id" }] });
t("GET /users/:id", { params: { id: 1 } }).expectProblem(410);
// @ts-expect-error: nobody declares it
t("GET /users/:id", { params: { id: 1 } }).expectProblem("forbidden");

// without an Api, anything goes
const untyped = await testApp(createApp());
untyped("GET /anything/:at", { params: { at: 1 }, body: { all: true } }).expect(200, { any: 1 });
expectTypeOf((await untyped("GET /")).value).toBeUnknown();
