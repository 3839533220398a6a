import { form, port, problem, publicAccess, reply, route } from "@openspeed/core";
import { multipart } from "@openspeed/multipart";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorView, layout, page, redirect, refuseForm } from "../src/index.ts";
import { bodyOf, libraries, type Shown, type Simple, siteWith } from "./kit.ts";

const NewTicket = z.object({
  title: z.string().min(3),
  size: z.int().optional(),
  tags: z.array(z.string()).optional(),
});

/** What a view was given, as it stood in the page. */
function seen(shown: Shown): Record<string, unknown> {
  const text = bodyOf(shown.html).replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "null") as Record<string, unknown>;
}

describe.each(libraries)("$name: a page's form", (library) => {
  const { h } = library;
  const db = port<{ readonly titles: string[] }>()("db");

  function desk(titles: string[] = []) {
    const loader = route({ use: [db], query: z.object({ q: z.string().optional() }) }, ({ db, query }) => ({
      count: db.titles.length,
      q: query.q,
    }));
    const action = route(
      {
        use: [db],
        body: form(NewTicket),
        problems: {
          taken: problem(409, "Taken", z.object({ by: z.string() })),
          notFound: problem(404, "No such list"),
          broken: problem(503, "Try later"),
        },
      },
      ({ db, body, fail }) => {
        if (body.title === "taken") fail.taken({ by: "Ada" }, "Ada has it.");
        if (body.title === "missing") fail.notFound();
        if (body.title === "broken") fail.broken();
        if (body.title === "refused") refuseForm({ title: "Not this one." });
        db.titles.push(body.title);
        return body.title === "stay"
          ? reply(200, { id: 7, size: body.size }, { "set-cookie": "a=b" })
          : redirect(`/tickets/${body.title}`);
      },
    );
    const place: Simple = {
      action: true,
      module: { action },
      page: page({ loader, action }, ({ count, q, form }) => h("p", {}, JSON.stringify({ count, q, ...form }))),
      layouts: [layout(({ children }) => h("main", {}, children))],
      error: errorView(({ problem }) => h("i", {}, `${problem.status} ${problem.title}`)),
    };
    return siteWith(library, place, { bind: [db.with({ titles })] });
  }

  test("says before anything was sent that nothing was", async () => {
    expect(seen(await desk().get("/?q=x"))).toEqual({
      count: 0,
      q: "x",
      sent: false,
      ok: false,
      values: {},
      lists: {},
      errors: {},
    });
  });

  test("goes on to where the action says, with 303", async () => {
    const titles: string[] = [];
    const shown = await desk(titles).post({ title: "abc" });
    expect([shown.status, shown.headers.get("location"), titles]).toEqual([303, "/tickets/abc", ["abc"]]);
  });

  test("is shown again with what was sent and what is wrong, by field", async () => {
    const fields = new URLSearchParams([
      ["title", "<b>"],
      ["title", "second"],
      ["size", "big"],
      ["tags", "one"],
      ["tags", "two"],
    ]);
    fields.delete("title", "second");
    const site = desk();
    const shown = await site.post(fields, {}, "/?q=kept");
    expect(shown.status).toBe(422);
    expect(shown.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(shown.headers.get("content-security-policy")).toContain("nonce-");
    const { errors, ...rest } = seen({ ...shown, html: shown.html });
    expect(rest).toEqual({
      count: 0,
      q: "kept",
      sent: true,
      ok: false,
      values: { title: "<b>", size: "big", tags: "one" },
      lists: { title: ["<b>"], size: ["big"], tags: ["one", "two"] },
    });
    expect(Object.keys(errors as object)).toEqual(["size"]);
    expect(shown.html).not.toContain("<b>");
    expect(site.errors).toEqual([]);
  });

  test("gives who asks for JSON the problem, or what the action returned", async () => {
    const site = desk();
    const refused = await site.post({ title: "a" }, { accept: "application/json" });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    expect((JSON.parse(refused.html) as { errors: unknown[] }).errors).toHaveLength(1);
    const done = await site.post({ title: "stay", size: "4" }, { accept: "application/json" });
    expect([done.status, JSON.parse(done.html)]).toEqual([200, { id: 7, size: 4 }]);
  });

  test("is shown with the problem that the action answers with, under its status", async () => {
    const shown = await desk().post({ title: "taken" });
    expect(shown.status).toBe(409);
    expect(seen(shown)).toMatchObject({
      ok: false,
      values: { title: "taken" },
      problem: { name: "taken", status: 409, title: "Taken", detail: "Ada has it.", data: { by: "Ada" } },
    });
  });

  test("can be refused by the action, field by field", async () => {
    const shown = await desk().post({ title: "refused" });
    expect([shown.status, seen(shown)["errors"]]).toEqual([422, { title: "Not this one." }]);
  });

  test.each([
    ["missing", 404, "404 No such list"],
    ["broken", 503, "503 Try later"],
  ])("leaves the page for what it cannot help: %s", async (title, status, words) => {
    const shown = await desk().post({ title });
    expect([shown.status, bodyOf(shown.html)]).toEqual([status, `<main><i>${words}</i></main>`]);
  });

  test("is shown with what the action returned, and its headers", async () => {
    const titles: string[] = [];
    const shown = await desk(titles).post({ title: "stay" });
    expect([shown.status, shown.headers.get("set-cookie")]).toEqual([200, "a=b"]);
    // The loader runs after the action.
    expect(seen(shown)).toMatchObject({ ok: true, sent: true, count: 1, value: { id: 7 }, errors: {}, values: {} });
  });

  test.each([
    ["another site", { "sec-fetch-site": "cross-site" }, 403],
    ["a sibling site", { "sec-fetch-site": "same-site" }, 403],
    ["another origin, by an older browser", { origin: "https://evil.test", host: "site.test" }, 403],
    ["an origin that hides", { origin: "null", host: "site.test" }, 403],
    ["another port", { origin: "http://site.test:81", host: "site.test" }, 403],
    ["this site", { "sec-fetch-site": "same-origin" }, 303],
    ["the address bar", { "sec-fetch-site": "none" }, 303],
    ["this origin, by an older browser", { origin: "http://site.test", host: "site.test" }, 303],
    ["no browser", {}, 303],
  ])("from %s", async (_, headers, status) => {
    const titles: string[] = [];
    const shown = await desk(titles).post({ title: "abc" }, headers);
    expect([shown.status, titles.length]).toEqual([status, status === 303 ? 1 : 0]);
  });

  test("with files keeps its texts and leaves the files out", async () => {
    const action = route(
      {
        body: multipart({
          fields: z.object({ title: z.string().min(3) }),
          files: { picture: { types: ["image/png"] } },
        }),
      },
      () => redirect("/"),
    );
    const site = siteWith(library, {
      action: true,
      module: { action },
      page: page({ action }, ({ form }) => h("p", {}, JSON.stringify(form))),
    });
    const data = new FormData();
    data.set("title", "a");
    data.set("picture", new File(["x"], "a.txt", { type: "text/plain" }));
    const shown = await site.post(data);
    expect(shown.status).toBe(422);
    const { values, errors } = seen(shown) as { values: object; errors: Record<string, string> };
    expect(values).toEqual({ title: "a" });
    expect(Object.keys(errors).toSorted()).toEqual(["picture", "title"]);
  });

  test("of an action and a loader with inputs of their own: each sees its own", async () => {
    const views: unknown[] = [];
    const loader = route({ query: z.object({ page: z.int() }) }, ({ query }) => {
      views.push(query);
      return {};
    });
    const action = route(
      { query: z.object({ page: z.string(), draft: z.string() }), body: form(NewTicket) },
      ({ query }) => {
        views.push(query);
        return { done: true };
      },
    );
    const site = siteWith(library, { action: true, module: { action }, page: page({ loader, action }, () => h("p")) });
    expect((await site.post({ title: "abc" }, {}, "/?page=2&draft=yes")).status).toBe(200);
    expect(views).toEqual([{ page: "2", draft: "yes" }, { page: 2 }]);
  });
});

describe("an action", () => {
  const [library] = libraries;
  if (library === undefined) throw new Error("no library");

  test("needs a policy of its own: its loader's does not count", async () => {
    const loader = route({ use: [publicAccess()] }, () => ({}));
    const open = route({ use: [publicAccess()] }, () => ({}));
    const bare = route({}, () => ({}));
    const compile = (action: typeof open | typeof bare) =>
      siteWith(
        library,
        { action: true, module: { action }, page: page({ loader, action }, () => undefined) },
        { strict: true },
      ).app.compile();
    await expect(compile(bare)).rejects.toThrow(/OS_UNPOLICED_ROUTE/);
    await expect(compile(open)).resolves.toBeDefined();
  });

  test("takes a body that a form can send", async () => {
    const action = route({ body: z.object({}) }, () => ({}));
    const site = siteWith(library, { action: true, module: { action }, page: page({ action }, () => undefined) });
    expect((await site.post({})).status).toBe(500);
    expect(site.errors.map(String)).toEqual([expect.stringContaining("OS_ACTION_BODY: routes/page.tsx")]);
  });

  test("that was never sent to is not there without the router's word", async () => {
    const site = siteWith(library, { page: page(() => undefined) });
    expect((await site.post({})).status).toBe(405);
  });
});
