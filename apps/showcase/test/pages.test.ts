import { describe, expect, test } from "vitest";
import { picking } from "../src/providers.ts";
import { desk } from "./desk.ts";

const ask = desk();
const siam = "/organisations/siam-cycles/tickets";

const as = (id: string) => ({ accept: "text/html", cookie: `other=1; desk-person=${id}` });
const niran = as("niran-chaiyasit");
const maya = as("maya-lindgren");
const guest = { accept: "text/html" };
const fields = (values: Record<string, string>) => new URLSearchParams(values);

describe("pages are HTML with a title", () => {
  test.each([
    ["/", guest, "Organisations · Desk", "Siam Cycles"],
    ["/person", guest, "Choose who you are · Desk", 'value="niran-chaiyasit"'],
    [siam, guest, "Tickets of Siam Cycles สยามไซเคิล · Desk", `href="${siam}/75"`],
    [`${siam}/75`, guest, "#75 ", "Guests can read"],
    [`${siam}/75`, niran, "#75 ", "Answer as Niran Chaiyasit"],
    [`${siam}/new`, niran, "New ticket · Desk", 'aria-required="true"'],
    ["/settings/profile", niran, "Profile · Settings · Desk", 'value="niran.chaiyasit@siam-cycles.example"'],
    ["/settings/notifications", niran, "Notifications · Settings · Desk", "A ticket is given to me"],
    ["/settings/organisation", niran, "Organisation · Settings · Desk", 'value="support@siam-cycles.example"'],
    ["/settings/organisation", maya, "Organisation · Settings · Desk", "You belong to no organisation"],
    ["/admin", maya, "Overview · Desk administration", "What is to do"],
    ["/admin/people", maya, "People · Desk administration", "Make agent"],
    ["/admin/organisations", maya, "Organisations · Desk administration", "northwind-coffee"],
    ["/admin/imports", maya, "Imports · Desk administration", "Nothing was imported yet"],
  ])("%s %o", async (path, headers, title, content) => {
    const { status, text, headers: answered } = await ask(`GET ${path}`, undefined, headers);
    expect(status).toBe(200);
    expect(answered.get("content-type")).toMatch(/^text\/html/);
    expect(answered.get("content-security-policy")).toContain("'nonce-");
    expect(/<title>(.*?)<\/title>/.exec(text)?.[1]).toContain(title);
    expect(text).toContain(content);
  });
});

describe("who may not, is told", () => {
  test.each([
    ["GET /settings/profile", undefined, guest, 403, "This needs a person"],
    [`GET ${siam}/new`, undefined, guest, 403, "This needs a person"],
    [`POST ${siam}/75`, { intent: "comment", body: "Hello" }, guest, 403, "This needs a person"],
    ["GET /admin", undefined, guest, 403, "This is for Desk"],
    ["GET /admin/people", undefined, niran, 403, "This is for Desk"],
    ["GET /admin/nothing", undefined, niran, 403, "This is for Desk"],
    ["GET /admin/nothing", undefined, maya, 404, "Not found"],
    ["GET /nowhere", undefined, niran, 404, "Not found"],
    ["GET /organisations/nobody/tickets", undefined, niran, 404, "No such organisation"],
    [`GET ${siam}/9999`, undefined, niran, 404, "No such ticket"],
    [`GET ${siam}/seven`, undefined, niran, 404, "Not found"],
    [`GET ${siam}?state=odd`, undefined, niran, 422, "Desk does not know"],
    ["POST /person", { person: "nobody-here", back: "/" }, guest, 404, "no such person"],
  ])("%s", async (target, body, headers, status, words) => {
    const answer = await ask(target, body && fields(body), headers);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "text/html; charset=utf-8"]);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('<main id="content"'); // within its layout
  });

  test("another site's form is nobody's", async () => {
    const answer = await ask(`POST ${siam}/75`, fields({ intent: "comment", body: "Spam" }), {
      ...niran,
      "sec-fetch-site": "cross-site",
    });
    expect(answer.status).toBe(403);
  });

  test("a client that wants JSON gets the problem", async () => {
    const { status, json } = await ask("GET /admin", undefined, { accept: "application/json" });
    expect([status, json]).toMatchObject([403, { name: "staffOnly" }]);
  });
});

describe("the list", () => {
  const rows = async (query: string) => {
    const { text } = await ask(`GET ${siam}${query}`, undefined, guest);
    return [...text.matchAll(new RegExp(`href="${siam}/(\\d+)"`, "g"))].map(([, number]) => Number(number));
  };

  test("is filtered by its address, blanks of a form included", async () => {
    const urgent = await rows("?q=&priority=urgent&assignee=&sort=-created");
    expect(urgent.length).toBeGreaterThan(0);
    expect(urgent.length).toBeLessThan(25);
    expect(await rows("?priority=urgent")).toEqual(urgent);
    expect(await rows("?q=zeppelin")).toEqual([]);
    expect((await rows(`?q=${encodeURIComponent("ขอใบกำกับภาษี")}`)).length).toBeGreaterThan(0);
  });

  test("goes on over pages until all was seen once", async () => {
    const seen: number[] = [];
    for (let next: string | undefined = "?sort=-priority"; next !== undefined;) {
      seen.push(...(await rows(next)));
      const { text } = await ask(`GET ${siam}${next}`, undefined, guest);
      next = /href="[^"]*(\?[^"]*cursor=[^"]*)"[^>]*rel="next"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toHaveLength(75);
    expect(new Set(seen).size).toBe(75);
  });
});

describe("forms", () => {
  test("a comment that says nothing is refused, one that does is kept and signed", async () => {
    await ask(
      "POST /settings/profile",
      fields({ name: "Niran Chaiyasit", email: "niran@siam-cycles.example", signature: "Niran, workshop" }),
      niran,
    );
    const refused = await ask(`POST ${siam}/74`, fields({ intent: "comment", body: "  " }), niran);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Write something first.");
    expect(refused.text).toContain('aria-describedby="body-hint body-wrong"');

    const body = "<b>bold</b> & อีเมล";
    const kept = await ask(`POST ${siam}/74`, fields({ intent: "comment", body, after: "solved" }), niran);
    expect(kept.status).toBe(303);
    expect(kept.headers.get("location")).toMatch(new RegExp(`^${siam}/74#comment-`));
    const { text } = await ask(`GET ${siam}/74`, undefined, niran);
    expect(text).toMatch(/&lt;b(>|&gt;)bold&lt;\/b(>|&gt;) &amp; อีเมล\n\nNiran, workshop/);
    expect(text).toContain('<option value="solved" selected');
  });

  test("state, priority and assignee are changed", async () => {
    const change = { intent: "change", state: "pending", priority: "urgent", assignee: "Emma Clarke" };
    const changed = await ask(`POST ${siam}/73`, fields(change), niran);
    expect([changed.status, changed.headers.get("location")]).toEqual([303, `${siam}/73?changed`]);
    const { json } = await ask("GET /api/organisations/siam-cycles/tickets?limit=100");
    expect(json).toMatchObject({
      tickets: expect.arrayContaining([
        expect.objectContaining({ number: 73, state: "pending", priority: "urgent", assignee: "Emma Clarke" }),
      ]),
    });
    expect((await ask(`POST ${siam}/73`, fields({ ...change, assignee: "", state: "odd" }), niran)).status).toBe(422);
  });

  test("a new ticket is refused with what was written, then made", async () => {
    const refused = await ask(
      `POST ${siam}/new`,
      fields({ title: "x", requester: "nobody", description: "ยาว & <long>", tags: "A_B" }),
      niran,
    );
    expect(refused.status).toBe(422);
    for (const words of [
      "at least three letters",
      "This is no mail address.",
      "1 to 30 small letters",
      'value="nobody"',
      "ยาว &amp; &lt;long",
    ])
      expect(refused.text).toContain(words);
    const made = await ask(
      `POST ${siam}/new`,
      fields({ title: "The bell is silent", requester: "ada@example.com", tags: "bell, workshop" }),
      niran,
    );
    expect([made.status, made.headers.get("location")]).toEqual([303, `${siam}/76`]);
    expect((await ask(`GET ${siam}/76`, undefined, niran)).text).toContain("workshop");
  });

  test("a person is picked, and comes back", async () => {
    const picked = await ask("POST /person", fields({ person: "emma-clarke", back: `${siam}?q=a` }), guest);
    expect([picked.status, picked.headers.get("location")]).toEqual([303, `${siam}?q=a`]);
    expect(picked.headers.get("set-cookie")).toBe("desk-person=emma-clarke; Path=/; HttpOnly; SameSite=Lax");
    const away = await ask("POST /person", fields({ person: "", back: "//evil.example" }), guest);
    expect([away.headers.get("location"), away.headers.get("set-cookie")]).toEqual([
      "/",
      expect.stringContaining("Max-Age=0"),
    ]);
  });

  test("settings are kept; a mail address belongs to one", async () => {
    const taken = await ask(
      "POST /settings/profile",
      fields({ name: "Niran", email: "emma.clarke@siam-cycles.example" }),
      niran,
    );
    expect([taken.status, taken.text.includes("Somebody else has this address.")]).toEqual([422, true]);
    await ask("POST /settings/notifications", fields({ onComment: "on", digest: "never" }), niran);
    const { text } = await ask("GET /settings/notifications", undefined, niran);
    expect(text).toMatch(/id="onComment"[^>]* checked/);
    expect(text).not.toMatch(/id="onAssigned"[^>]* checked/);
    await ask("POST /settings/organisation", fields({ name: "Siam", contact: "", defaultPriority: "high" }), niran);
    expect((await ask(`GET ${siam}/new`, undefined, niran)).text).toContain('<option value="high" selected');
  });

  test("staff creates organisations and gives roles, not its own", async () => {
    const taken = await ask("POST /admin/organisations", fields({ name: "Again", slug: "siam-cycles" }), maya);
    expect([taken.status, taken.text.includes("has this short name")]).toEqual([422, true]);
    expect((await ask("POST /admin/organisations", fields({ name: "Acme", slug: "acme" }), maya)).status).toBe(303);
    expect((await ask("GET /organisations/acme/tickets", undefined, maya)).text).toContain("No tickets yet");
    const own = await ask("POST /admin/people", fields({ person: "maya-lindgren", role: "agent" }), maya);
    expect([own.status, own.text.includes("You cannot change your own role")]).toEqual([409, true]);
    expect((await ask("POST /admin/people", fields({ person: "ruth-lindqvist", role: "staff" }), maya)).status).toBe(
      303,
    );
    expect((await ask("GET /admin", undefined, as("ruth-lindqvist"))).status).toBe(200);
  });

  test("an import is told of", async () => {
    await ask("POST /api/organisations/acme/tickets/import", "title,requester\nFine,a@example.com\nx,y\n");
    expect((await ask("GET /admin/imports", undefined, maya)).text).toMatch(
      /Acme<\/a>[^]*data-label="Imported">1<[^]*data-label="Refused">1</,
    );
  });
});

describe("outside of development", () => {
  const ask = desk({ bind: [picking.with(false)] });

  test("everybody is a guest who reads, whatever the cookie says", async () => {
    const { status, text } = await ask("GET /", undefined, maya);
    expect(status).toBe(200);
    expect(text).toContain("Read-only.");
    expect(text).not.toContain("Maya");
    expect((await ask("GET /admin", undefined, maya)).status).toBe(403);
    expect((await ask(`POST ${siam}/75`, fields({ intent: "comment", body: "Hello" }), niran)).status).toBe(403);
    expect((await ask("POST /person", fields({ person: "emma-clarke", back: "/" }), guest)).status).toBe(403);
  });

  test("the API can only be read", async () => {
    expect((await ask("GET /api/organisations")).status).toBe(200);
    expect(await ask("POST /api/organisations", { slug: "acme", name: "Acme" })).toMatchObject({
      status: 403,
      json: { name: "readOnly" },
    });
  });
});
