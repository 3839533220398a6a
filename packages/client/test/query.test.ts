import { createApp, problem, route } from "@openspeed/core";
import { InfiniteQueryObserver, MutationObserver, QueryClient } from "@tanstack/query-core";
import { expect, test } from "vitest";
import { z } from "zod";
import { createClient, RequestProblem } from "../src/index.ts";
import { createQueries } from "../src/query.ts";

const list = route({ query: z.object({ after: z.number().optional() }) }, ({ query }) => {
  const { after = 0 } = query;
  return { items: [after + 1, after + 2], next: after < 4 ? after + 2 : null };
});
const get = route(
  {
    params: z.object({ id: z.number() }),
    output: z.object({ id: z.number() }),
    problems: { gone: problem(410, "Gone") },
  },
  ({ params, fail }) => (params.id === 9 ? fail.gone() : params),
);
const add = route({ body: z.object({ title: z.string() }) }, ({ body }) => body.title);
interface Api {
  "GET /tickets": typeof list;
  "GET /tickets/:id": typeof get;
  "POST /tickets": typeof add;
}
const app = createApp({ routes: { "GET /tickets": list, "GET /tickets/:id": get, "POST /tickets": add } });
const queries = createQueries(createClient<Api>(app, { throws: true }));

test("queries are fetched, cached and found by their route", async () => {
  const cache = new QueryClient();
  const query = queries.query("GET /tickets/:id", { params: { id: 1 }, timeout: "5s" });
  expect(query.queryKey).toEqual(["GET /tickets/:id", { params: { id: 1 } }]);
  const ticket: { id: number } = await cache.fetchQuery(query);
  expect(ticket).toEqual({ id: 1 });
  expect(cache.getQueryData(query.queryKey)).toEqual({ id: 1 });
  await cache.invalidateQueries({ queryKey: queries.key("GET /tickets/:id") });
  expect(cache.getQueryState(query.queryKey)?.isInvalidated).toBe(true);
});

test("a problem is the query's error, and is not asked for again", async () => {
  const cache = new QueryClient();
  const error = await cache
    .fetchQuery(queries.query("GET /tickets/:id", { params: { id: 9 } }))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RequestProblem);
  expect(error).toMatchObject({ problem: { name: "gone" } });
});

test("pages follow each other", async () => {
  const pages = queries.infinite("GET /tickets", (after: number) => ({ query: { after } }), {
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  });
  const observer = new InfiniteQueryObserver(new QueryClient(), pages);
  await observer.refetch();
  const { data, hasNextPage } = await observer.fetchNextPage();
  expect(data?.pages.map(({ items }) => items)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(hasNextPage).toBe(true);
});

test("mutations take what the route takes", async () => {
  const observer = new MutationObserver(new QueryClient(), queries.mutation("POST /tickets"));
  expect(await observer.mutate({ body: { title: "Hot" } })).toBe("Hot");
});
