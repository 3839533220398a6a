/** Desk on a database of its own, in a folder that goes away. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Binding } from "@openspeed/core";
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

export interface DeskOptions extends OpenOptions {
  /** What stands for other providers. */
  readonly bind?: readonly Binding[];
}

export type Ask = (target: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

/** `ask("PATCH /api/tickets/…", { state: "closed" })`; a text is sent as CSV, fields of a form as a form. */
export function desk({ bind = [], ...options }: DeskOptions = {}): Ask {
  let served = app;
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "desk-"));
    const client = await openDatabase(join(folder, "desk.db"), options);
    served = app.override([db.with(client), ...bind]);
    await served.ready();
    return async () => client.close();
  });
  afterAll(async () => {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });
  return async (target, body, headers = {}) => {
    const [method = "", path = ""] = target.split(" ", 2);
    const response = await served.fetch(
      new Request(`http://desk.example${path}`, { method, ...sent(body, headers), redirect: "manual" }),
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : undefined,
    };
  };
}

function sent(body: unknown, headers: Readonly<Record<string, string>>): RequestInit {
  if (body === undefined) return { headers };
  if (body instanceof URLSearchParams) return { body, headers }; // the request says itself what it is
  return typeof body === "string"
    ? { body, headers: { "content-type": "text/csv", ...headers } }
    : { body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}
