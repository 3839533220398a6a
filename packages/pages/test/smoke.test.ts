import { createApp, form, problem, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { h } from "preact";
import { layout, loadingView, page, redirect, pageClient } from "../src/index.ts";
import { pages } from "../src/preact.ts";

test("smoke", async () => {
  const loader = route(
    { problems: { notFound: problem(404, "No ticket") }, query: z.object({ q: z.string().optional() }) },
    ({ query, fail }) => (query.q === "none" ? fail.notFound("gone") : { tickets: [query.q ?? "<all>"] }),
  );
  const action = route({ body: form(z.object({ title: z.string().min(3) })) }, ({ body }) =>
    redirect(`/t/${body.title}`),
  );
  const app = createApp({
    mode: "test",
    routes: [
      ...pages.mounts({
        path: "/tickets",
        source: "routes/tickets/page.tsx",
        action: true,
        page: async () => ({
          default: page({ loader, action, head: { title: "Tickets" } }, ({ tickets, form }) =>
            h("p", {}, [tickets.join(), JSON.stringify(form)]),
          ),
          action,
        }),
        layouts: [
          async () => ({
            default: layout(
              { head: { titleTemplate: "%s · Desk", link: [{ rel: "stylesheet", href: "/a.css" }] } },
              ({ children }) => h("main", {}, children),
            ),
          }),
        ],
      }),
      ...pages.mounts({
        path: "/slow",
        source: "routes/slow/page.tsx",
        loading: { view: async () => ({ default: loadingView(() => h("i", {}, "wait")) }) },
        page: async () => ({
          default: page(
            {
              loader: route(async () => {
                await new Promise((r) => setTimeout(r, 50));
                return { n: 1 };
              }),
              head: ({ n }) => ({ title: `n${n}` }),
            },
            ({ n }) => h("p", {}, n),
          ),
        }),
        layouts: [
          async () => ({
            default: layout(
              { head: { titleTemplate: "%s · Desk", link: [{ rel: "stylesheet", href: "/a.css" }] } },
              ({ children }) => h("main", {}, children),
            ),
          }),
        ],
      }),
    ],
  }).override([pageClient.with({ entry: "/c.js" })]);
  const show = async (path: string, init?: RequestInit) => {
    const answer = await app.fetch(new Request(`http://x${path}`, init));
    console.log(answer.status, [...answer.headers], await answer.text());
  };
  await show("/tickets");
  await show("/tickets?q=none");
  await show("/tickets?q=none", { headers: { accept: "application/json" } });
  const post = (body: string) => ({
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  await show("/tickets", post("title=a"));
  await show("/tickets", post("title=abc"));
  await show("/slow");
  expect(1).toBe(1);
});
