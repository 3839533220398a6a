/** Desk on a database of its own, in a folder that goes away. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { app } from "../src/app.ts";
import { openDatabase, type OpenOptions } from "../src/database/open.ts";
import { db } from "../src/providers.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `undefined` if it is none. */
  readonly json: unknown;
}

export type Ask = (target: string, body?: unknown) => Promise<Answer>;

/** `ask("PATCH /tickets/…", { state: "closed" })`; a text is sent as CSV. */
export function desk(options?: OpenOptions): Ask {
  let served = app;
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "desk-"));
    const client = await openDatabase(join(folder, "desk.db"), options);
    served = app.override([db.with(client)]);
    await served.ready();
    return async () => client.close();
  });
  afterAll(async () => {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });
  return async (target, body) => {
    const [method = "", path = ""] = target.split(" ", 2);
    const type = typeof body === "string" ? "text/csv" : "application/json";
    const sent =
      body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body), headers: { "content-type": type } };
    const response = await served.fetch(new Request(`http://desk.example${path}`, { method, ...sent }));
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : undefined,
    };
  };
}
