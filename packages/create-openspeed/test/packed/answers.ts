import { expect } from "vitest";
import type { TemplateName } from "../../src/templates.ts";

/** What each made project has to answer once it is started. */
export const answers: { readonly [name in TemplateName]: (url: string) => Promise<void> } = {
  minimal: async (url) => {
    const made = await fetch(`${url}/notes`, json({ text: "Water the plants" }));
    expect([made.status, await made.json()]).toEqual([201, { id: 1, text: "Water the plants", done: false }]);
    const missing = await fetch(`${url}/notes/7`);
    expect([missing.status, await missing.json()]).toEqual([404, expect.objectContaining({ name: "noSuchNote" })]);
  },
  pages: async (url) => {
    const html = await page(url, "Leave a word");
    expect(html).toContain("<os-island");
    const sent = {
      method: "POST",
      body: new URLSearchParams({ name: "Ada", message: "Hello there" }),
      redirect: "manual",
    } as const;
    const answer = await fetch(url, sent);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/entries/2"]);
    await page(`${url}/entries/2`, "Hello there");
  },
  showcase: async (url) => {
    await page(url, "Nothing hangs here yet");
    const form = new FormData();
    form.set("title", "A pixel");
    form.set(
      "picture",
      new File([Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64")], "a.gif"),
    );
    const refused = await fetch(`${url}/api/pictures`, { method: "POST", body: form });
    expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ name: "notAnEditor" })]);
    const headers = { authorization: "Bearer let-me-in" };
    expect((await fetch(`${url}/api/pictures`, { method: "POST", body: form, headers })).status).toBe(201);
    expect((await fetch(`${url}/pictures/1`)).headers.get("content-type")).toBe("image/gif");
    await page(url, "A pixel");
  },
  graphql: async (url) => {
    const answer = await fetch(`${url}/graphql`, json({ query: `{ book(id: "solaris") { title author { name } } }` }));
    const expected = { data: { book: { title: "Solaris", author: { name: "Stanisław Lem" } } } };
    expect([answer.status, await answer.json()]).toEqual([200, expected]);
    const wrong = await fetch(`${url}/graphql`, json({ query: "{" }, "application/graphql-response+json"));
    expect(wrong.status).toBe(400);
  },
  edge: async (url) => {
    expect(await (await fetch(`${url}/hello/Ada`)).text()).toBe("Hello, Ada!");
  },
};

/** A page with its words, and everything that it loads. */
async function page(url: string, words: string): Promise<string> {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  const html = await answer.text();
  expect([answer.status, html]).toEqual([200, expect.stringContaining(words)]);
  const loaded = [...html.matchAll(/<(?:link|script)[^>]* (?:href|src)="(\/[^"]+)"/g)].map(([, path = ""]) => path);
  expect(loaded.length).toBeGreaterThan(0);
  for (const path of loaded) {
    const file = await fetch(new URL(path, url));
    expect([path, file.status, file.headers.get("content-type")]).toEqual([
      path,
      200,
      expect.stringMatching(/css|javascript/),
    ]);
  }
  return html;
}

function json(body: unknown, accept = "application/json"): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json", accept }, body: JSON.stringify(body) };
}
