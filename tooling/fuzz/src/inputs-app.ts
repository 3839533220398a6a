/** An app with every kind of input. Its handlers check by hand what they are given, so nothing unvalidated passes unseen. */
import { ok } from "node:assert/strict";
import { type App, bytes, createApp, form, type Schema, stream, text } from "@openspeed/core";
import { multipart, uploads } from "@openspeed/multipart";
import { z } from "zod";

const Order = z.strictObject({
  id: z.int().min(1).max(1_000),
  name: z.string().min(1).max(20),
  lines: z.array(z.strictObject({ sku: z.string().regex(/^[A-Z]{1,4}$/), count: z.int().positive() })).max(4),
  note: z.string().max(20).optional(),
});
const Contact = z.strictObject({
  name: z.string().min(1).max(20),
  age: z.int().min(0).max(150),
  tags: z.array(z.string().max(8)).max(4).optional(),
});
const LIMIT = "4KiB";
const BYTES = 4_096;

export interface InputsApp {
  readonly app: App;
  /** What went wrong inside of the app; a test takes it out. */
  readonly faults: Error[];
}

/** @param orders what JSON bodies are validated by: a test takes something weaker */
export function createInputsApp(orders: Schema<unknown, unknown> = Order): InputsApp {
  const faults: Error[] = [];
  const app = createApp({
    mode: "test",
    limits: { body: LIMIT, jsonDepth: 8, query: 16, cookies: 16, parts: 8, file: "1KiB" },
    onError: (error) => faults.push(error instanceof Error ? error : new Error(String(error))),
  });
  const verified = (holds: boolean, what: string): string => {
    ok(holds, `an unvalidated ${what} reached its handler`);
    return "ok";
  };
  app.post("/json", { body: orders }, ({ body }) => verified(isOrder(body), "JSON body"));
  app.put("/json/:id", { params: z.object({ id: z.int().min(0).max(99) }), body: orders }, ({ params, body }) =>
    verified(isWhole(params.id, 0, 99) && isOrder(body), "JSON body or param"),
  );
  app.post("/form", { body: form(Contact) }, ({ body }) => verified(isContact(body), "form"));
  app.post("/text", { body: text(["text/plain"]) }, ({ body }) =>
    verified(typeof body === "string" && body.length <= BYTES, "text"),
  );
  app.post("/bytes", { body: bytes() }, ({ body }) =>
    verified(body instanceof Uint8Array && body.length <= BYTES, "body of bytes"),
  );
  app.post("/stream", { body: stream() }, async ({ body }) => {
    let size = 0;
    for await (const chunk of body) size += chunk.length;
    return verified(size <= BYTES, "stream");
  });
  const files = {
    file: { types: ["text/*"], maxSize: 64, optional: true },
    many: { many: 2, optional: true },
  } as const;
  app.post("/multipart", { body: multipart({ fields: Contact, files }) }, ({ body }) =>
    verified(
      isContact(body.fields) &&
        (body.files.file === undefined || (body.files.file.size <= 64 && body.files.file.type.startsWith("text/"))) &&
        body.files.many.length <= 2 &&
        body.files.many.every((file) => file.size <= 1_024 && !/[/\\]/.test(file.name)),
      "multipart body",
    ),
  );
  app.post("/uploads", { body: uploads({ fields: Contact, files }) }, async ({ body }) => {
    verified(isContact(body.fields), "field of an upload");
    for await (const file of body.files) {
      let size = 0;
      for await (const chunk of file) size += chunk.length;
      verified(size <= (file.field === "file" ? 64 : 1_024) && !/[/\\]/.test(file.name), "upload");
    }
    return "ok";
  });
  app.get(
    "/inputs/:id",
    {
      params: z.object({ id: z.int().min(1).max(9) }),
      query: z.strictObject({
        page: z.int().min(1).max(50).optional(),
        tag: z.array(z.string().max(8)).max(3).optional(),
      }),
      headers: z.object({
        "x-trace": z
          .string()
          .regex(/^[a-f\d]{4}$/)
          .optional(),
      }),
      cookies: z.object({ theme: z.enum(["dark", "light"]).optional() }),
    },
    ({ params, query, headers, cookies }) =>
      verified(
        isWhole(params.id, 1, 9) &&
          (query.page === undefined || isWhole(query.page, 1, 50)) &&
          (query.tag === undefined || isListOf(query.tag, 3, (tag) => isText(tag, 0, 8))) &&
          (headers["x-trace"] === undefined || /^[a-f\d]{4}$/.test(headers["x-trace"])) &&
          (cookies.theme === undefined || cookies.theme === "dark" || cookies.theme === "light"),
        "input",
      ),
  );
  app.get("/files/*path", ({ params, query }) => verified(isFlat(params) && isFlat(query), "raw input"));
  return { app, faults };
}

type Fields = Readonly<Record<string, unknown>>;

function hasOnly(value: unknown, required: readonly string[], optional: readonly string[]): value is Fields {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  return (
    required.every((key) => keys.includes(key)) && keys.every((key) => required.includes(key) || optional.includes(key))
  );
}

function isOrder(value: unknown): boolean {
  return (
    hasOnly(value, ["id", "name", "lines"], ["note"]) &&
    isWhole(value["id"], 1, 1_000) &&
    isText(value["name"], 1, 20) &&
    isListOf(
      value["lines"],
      4,
      (line) =>
        hasOnly(line, ["sku", "count"], []) &&
        isText(line["sku"], 1, 4) &&
        /^[A-Z]+$/.test(String(line["sku"])) &&
        isWhole(line["count"], 1, Number.MAX_SAFE_INTEGER),
    ) &&
    (value["note"] === undefined || isText(value["note"], 0, 20))
  );
}

function isContact(value: unknown): boolean {
  return (
    hasOnly(value, ["name", "age"], ["tags"]) &&
    isText(value["name"], 1, 20) &&
    isWhole(value["age"], 0, 150) &&
    (value["tags"] === undefined || isListOf(value["tags"], 4, (tag) => isText(tag, 0, 8)))
  );
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isText(value: unknown, least: number, most: number): boolean {
  return typeof value === "string" && value.length >= least && value.length <= most;
}

function isListOf(value: unknown, most: number, each: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= most && value.every(each);
}

/** Names with texts, whatever they are called. */
function isFlat(fields: object): boolean {
  return Object.values(fields).every((value) => typeof value === "string" || Array.isArray(value));
}
