import { describe, expect, test } from "vitest";
import { z } from "zod";
import { TicketPage } from "../src/tickets/list.ts";
import { Ticket } from "../src/tickets/ticket.ts";
import { desk } from "./desk.ts";

const ask = desk();
const page = async (org: string, query = "") =>
  TicketPage.parse((await ask(`GET /api/organisations/${org}/tickets${query}`)).json);
const create = async (org: string, ticket: object) =>
  Ticket.parse((await ask(`POST /api/organisations/${org}/tickets`, ticket)).json);

describe("one ticket", () => {
  test("is created with defaults, numbered on, found, changed and removed", async () => {
    const answer = await ask("POST /api/organisations/harbor-clinic/tickets", {
      title: "  Door is stuck ",
      requester: "ada@example.com",
      tags: ["facility", "facility"],
    });
    const ticket = Ticket.parse(answer.json);
    expect([answer.status, answer.headers.get("location")]).toEqual([201, `/api/tickets/${ticket.id}`]);
    expect(ticket).toMatchObject({
      number: 76,
      title: "Door is stuck",
      description: "",
      state: "open",
      priority: "normal",
      assignee: null,
      tags: ["facility"],
    });
    expect((await ask(`GET /api/tickets/${ticket.id}`)).json).toEqual(ticket);

    const change = { state: "solved", priority: "urgent", assignee: "Ruth Lindqvist", tags: ["door", "done"] };
    const changed = Ticket.parse((await ask(`PATCH /api/tickets/${ticket.id}`, change)).json);
    expect(changed).toEqual({ ...ticket, ...change, tags: ["done", "door"], updatedAt: changed.updatedAt });
    expect(changed.updatedAt >= ticket.updatedAt).toBe(true);
    expect((await ask(`PATCH /api/tickets/${ticket.id}`, { assignee: null })).json).toMatchObject({
      assignee: null,
      tags: ["done", "door"],
    });

    await ask(`POST /api/tickets/${ticket.id}/comments`, { author: "Ada", body: "Thanks" });
    const removed = await ask(`DELETE /api/tickets/${ticket.id}`);
    expect([removed.status, removed.text]).toEqual([204, ""]);
    expect(await ask(`GET /api/tickets/${ticket.id}`)).toMatchObject({ status: 404, json: { name: "noSuchTicket" } });
    expect((await ask(`GET /api/tickets/${ticket.id}/comments`)).status).toBe(404);
  });

  test("has comments, oldest first, which bring it up to date", async () => {
    const ticket = await create("siam-cycles", { title: "Bell is silent", requester: "ada@example.com" });
    for (const body of ["one", "two", "สาม"])
      expect((await ask(`POST /api/tickets/${ticket.id}/comments`, { author: "Niran", body })).status).toBe(201);
    const { comments } = z
      .object({ comments: z.array(z.object({ body: z.string(), createdAt: z.string() })) })
      .parse((await ask(`GET /api/tickets/${ticket.id}/comments`)).json);
    expect(comments.map(({ body }) => body)).toEqual(["one", "two", "สาม"]);
    expect((await ask(`GET /api/tickets/${ticket.id}`)).json).toMatchObject({ updatedAt: comments[2]?.createdAt });
  });
});

describe("bad input", () => {
  const nobody = "00000000-0000-7000-8000-000000000000";
  test.each([
    [
      "POST /api/organisations/harbor-clinic/tickets",
      { title: "x", requester: "nobody", priority: "soon", tags: ["Not Good"] },
      422,
      ["#/priority", "#/requester", "#/tags/0", "#/title"],
    ],
    ["POST /api/organisations/harbor-clinic/tickets", { title: "Fine", requester: "a@example.com", id: 7 }, 422, ["#"]],
    ["POST /api/organisations/nobody/tickets", { title: "Fine", requester: "a@example.com" }, 404, []],
    ["GET /api/organisations/nobody/tickets", undefined, 404, []],
    [
      "GET /api/organisations/harbor-clinic/tickets?limit=0&sort=name&state=new&cursor=abc",
      undefined,
      422,
      ["#/cursor", "#/limit", "#/sort", "#/state/0"],
    ],
    ["GET /api/tickets/seven", undefined, 422, ["#/id"]],
    [`GET /api/tickets/${nobody}`, undefined, 404, []],
    [`PATCH /api/tickets/${nobody}`, { state: "open" }, 404, []],
    [`DELETE /api/tickets/${nobody}`, undefined, 404, []],
    [`POST /api/tickets/${nobody}/comments`, { author: "a", body: "b" }, 404, []],
  ])("%s %o", async (target, body, status, pointers) => {
    const answer = await ask(target, body);
    expect(answer.status).toBe(status);
    const { errors = [] } = z
      .object({ errors: z.array(z.object({ pointer: z.string() })).optional() })
      .parse(answer.json);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers);
  });

  test("a change says something, and nothing unknown", async () => {
    const [ticket] = (await page("harbor-clinic", "?limit=1")).tickets;
    expect((await ask(`PATCH /api/tickets/${ticket?.id}`, {})).status).toBe(422);
    expect((await ask(`PATCH /api/tickets/${ticket?.id}`, { number: 1 })).status).toBe(422);
    expect((await ask(`POST /api/tickets/${ticket?.id}/comments`, { author: "", body: "" })).status).toBe(422);
  });
});

describe("a list", () => {
  test.each(["-created", "created", "-updated", "updated", "-priority", "priority"])(
    "paged by %s is complete, in order, and has nothing twice",
    async (sort) => {
      const all = (await page("brightline-telecom", `?sort=${sort}&limit=100`)).tickets.map(({ id }) => id);
      const paged: string[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const { tickets, next }: TicketPage = await page(
          "brightline-telecom",
          `?sort=${sort}&limit=7${cursor === "" ? "" : `&cursor=${cursor}`}`,
        );
        paged.push(...tickets.map(({ id }) => id));
        cursor = next;
      }
      expect(all).toHaveLength(75);
      expect(paged).toEqual(all);
    },
  );

  test("does not shift when tickets come and go between two pages", async () => {
    const before = (await page("northwind-coffee", "?limit=100")).tickets.map(({ id }) => id);
    const first = await page("northwind-coffee", "?limit=10");
    await create("northwind-coffee", { title: "A newer one", requester: "ada@example.com" });
    await ask(`DELETE /api/tickets/${before[3]}`);
    await ask(`DELETE /api/tickets/${before[9]}`); // the very one that the cursor stands on
    const second = await page("northwind-coffee", `?limit=10&cursor=${first.next}`);
    expect(second.tickets.map(({ id }) => id)).toEqual(before.slice(10, 20));
  });

  test("refuses a cursor of another sort", async () => {
    const { next } = await page("harbor-clinic", "?limit=5");
    expect(await ask(`GET /api/organisations/harbor-clinic/tickets?sort=created&cursor=${next}`)).toMatchObject({
      status: 422,
      json: { errors: [{ pointer: "#/cursor" }] },
    });
  });

  test("is filtered by state, priority, assignee and tag, together", async () => {
    const open = await page("brightline-telecom", "?state=open&state=pending&limit=100");
    expect(new Set(open.tickets.map(({ state }) => state))).toEqual(new Set(["open", "pending"]));
    const urgent = await page("brightline-telecom", "?priority=high&priority=urgent&tag=billing&limit=100");
    expect(urgent.tickets.length).toBeGreaterThan(0);
    expect(
      urgent.tickets.every(({ priority, tags }) => ["high", "urgent"].includes(priority) && tags.includes("billing")),
    ).toBe(true);
    expect((await page("brightline-telecom", "?tag=billing&tag=outage")).tickets).toEqual([]);
    const nobodys = await page("brightline-telecom", "?assignee=none&limit=100");
    expect(nobodys.tickets.length).toBeGreaterThan(0);
    expect(nobodys.tickets.every(({ assignee }) => assignee === null)).toBe(true);
    const lenas = await page("brightline-telecom", "?assignee=Lena%20Fischer&limit=100");
    expect(lenas.tickets.every(({ assignee }) => assignee === "Lena Fischer")).toBe(true);
  });

  test("shows an organisation its own tickets only", async () => {
    const { tickets } = await page("siam-cycles", "?limit=100");
    expect(new Set(tickets.map(({ organisation }) => organisation))).toEqual(new Set(["siam-cycles"]));
  });
});

describe("full text", () => {
  const titles = async (q: string) =>
    (await page("siam-cycles", `?limit=100&q=${encodeURIComponent(q)}`)).tickets.map(({ title }) => title);

  test("finds words of title and description, beginnings, any case, without accents", async () => {
    await create("siam-cycles", {
      title: "Café table wobbles",
      description: "The zanzibar leg is short",
      requester: "ada@example.com",
    });
    expect(await titles("zanzibar")).toEqual(["Café table wobbles"]);
    expect(await titles("CAFE wobb")).toEqual(["Café table wobbles"]);
    expect(await titles("zanzibar derailleur")).toEqual([]);
    expect((await titles("ขอใบกำกับภาษี")).length).toBeGreaterThan(0);
  });

  test("follows changes and removals", async () => {
    const ticket = await create("siam-cycles", { title: "Quixotic saddle", requester: "ada@example.com" });
    await ask(`PATCH /api/tickets/${ticket.id}`, { title: "Ordinary saddle" });
    expect(await titles("quixotic")).toEqual([]);
    expect(await titles("ordinary")).toEqual(["Ordinary saddle"]);
    await ask(`DELETE /api/tickets/${ticket.id}`);
    expect(await titles("ordinary")).toEqual([]);
  });

  test.each(['"', "*", "NEAR(a b)", "title:x", "a OR b AND", "'; DROP TABLE tickets; --", "-", "^a", "(((", "\0"])(
    "%j is text, never an operator",
    async (q) => {
      expect((await ask(`GET /api/organisations/siam-cycles/tickets?q=${encodeURIComponent(q)}`)).status).toBe(200);
    },
  );
});
