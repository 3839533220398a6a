/** What handlers are given: every part of a request through schemas, and through none. Each handler judges what it got once more, by hand. */
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { bytes, createApp, form, matched, type Route, route, stream, text } from "@openspeed/core";
import { bool, date, int, number, slug, uuid } from "@openspeed/core/matchers";
import { multipart, uploads } from "@openspeed/multipart";
import { disk } from "@openspeed/multipart/disk";
import { z } from "zod";
import { depthOf, foreign, pollution } from "../clean.ts";
import type { Witness } from "../ledger.ts";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";

const at = (method: string, path: string): TableRoute => ({ method, path, access: "public" });

/** Where which input is taken; generators write to these. */
export const INPUTS = {
  json: at("POST", "/json"),
  anything: at("POST", "/anything"),
  form: at("POST", "/form"),
  text: at("POST", "/text"),
  bytes: at("POST", "/bytes"),
  stream: at("POST", "/stream"),
  multipart: at("POST", "/multipart"),
  uploads: at("POST", "/uploads"),
  saved: at("POST", "/saved"),
  query: at("GET", "/query"),
  loose: at("GET", "/loose"),
  headers: at("GET", "/headers"),
  allHeaders: at("GET", "/all-headers"),
  cookies: at("GET", "/cookies"),
  params: at("GET", "/params/:id/:name"),
  patterns: at("GET", "/p/:a?/x/:b?/y/*rest"),
} as const;
const INPUT_NAMES = Object.keys(INPUTS) as readonly (keyof typeof INPUTS)[];
/** Built-in matchers, each at `/matched/NAME/:value`. */
export const MATCHERS = ["bool", "date", "int", "number", "slug", "uuid"] as const;

/** Small ones, so that a little too much is quick to send. */
export const LIMITS = { body: 65_536, query: 64, cookies: 32, parts: 16, jsonDepth: 16, file: 4096 } as const;

const Person = z.object({
  name: z.string().min(1).max(40),
  age: z.int().min(0).max(150),
  tags: z.array(z.string()).max(8),
});
const Filter = z.object({
  page: z.int().min(1).max(999).optional(),
  q: z.string().max(99).optional(),
  tag: z.array(z.string()).max(8).optional(),
});

function isPerson(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, age, tags, ...more } = value as Record<string, unknown>;
  return (
    typeof name === "string" &&
    name.length >= 1 &&
    name.length <= 40 &&
    Number.isInteger(age) &&
    Number(age) >= 0 &&
    Number(age) <= 150 &&
    Array.isArray(tags) &&
    tags.length <= 8 &&
    tags.every((tag) => typeof tag === "string") &&
    Object.keys(more).length === 0
  );
}

function isFilter(value: unknown): boolean {
  const { page, q, tag, ...more } = value as Record<string, unknown>;
  const paged = page === undefined || (Number.isInteger(page) && Number(page) >= 1 && Number(page) <= 999);
  const asked = q === undefined || (typeof q === "string" && q.length <= 99);
  const tagged = tag === undefined || (Array.isArray(tag) && tag.length <= 8);
  return paged && asked && tagged && Object.keys(more).length === 0;
}

const unless = (fine: boolean, fault: string): readonly string[] => (fine ? [] : [fault]);
const clean = (...values: readonly unknown[]): readonly string[] => [
  ...values.flatMap((value) => foreign(value)),
  ...pollution(),
];
const fits = (size: number): readonly string[] => unless(size <= LIMITS.body, "larger than the limit");

interface Taken {
  readonly body: unknown;
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly cookies: unknown;
}

const personFaults = ({ body }: Taken): readonly string[] => [...unless(isPerson(body), "no person"), ...clean(body)];

const BUILT_IN = { bool, date, int, number, slug, uuid };

function inputRoutes(witness: Witness): Record<keyof typeof INPUTS, Route> {
  return {
    json: route({ body: Person }, witness(INPUTS.json, personFaults)),
    anything: route(
      { body: z.unknown() },
      witness(INPUTS.anything, ({ body }: Taken) => [
        ...unless(depthOf(body) <= LIMITS.jsonDepth, "nested too deeply"),
        ...clean(body),
      ]),
    ),
    form: route({ body: form(Person) }, witness(INPUTS.form, personFaults)),
    // Each octet of a text that is no UTF-8 becomes three.
    text: route(
      { body: text() },
      witness(INPUTS.text, ({ body }: Taken) => fits(new Blob([String(body)]).size / 3)),
    ),
    bytes: route(
      { body: bytes() },
      witness(INPUTS.bytes, ({ body }: Taken) => (body instanceof Uint8Array ? fits(body.byteLength) : ["no bytes"])),
    ),
    stream: streamed(witness),
    multipart: route(
      { body: multipart({ fields: Person, files: FILES }) },
      witness(
        INPUTS.multipart,
        ({ body }: { readonly body: { readonly fields: unknown; readonly files: unknown } }) => [
          ...unless(isPerson(body.fields), "no person"),
          ...clean(body.fields, body.files),
        ],
      ),
    ),
    uploads: uploaded(witness),
    saved: saved(witness),
    query: route(
      { query: Filter },
      witness(INPUTS.query, ({ query }: Taken) => [...unless(isFilter(query), "no filter"), ...clean(query)]),
    ),
    loose: route(witness(INPUTS.loose, ({ query }: Taken) => clean(query))),
    headers: route(
      { headers: z.object({ "x-count": z.int().max(9) }) },
      witness(INPUTS.headers, ({ headers }: Taken) => clean(headers)),
    ),
    allHeaders: route(
      { headers: z.record(z.string(), z.string()) },
      witness(INPUTS.allHeaders, ({ headers }: Taken) => clean(headers)),
    ),
    cookies: route(
      { cookies: z.record(z.string(), z.string()) },
      witness(INPUTS.cookies, ({ cookies }: Taken) => [
        ...unless(Object.keys(Object(cookies)).length <= LIMITS.cookies, "too many cookies"),
        ...clean(cookies),
      ]),
    ),
    params: route(
      { params: z.object({ id: z.int(), name: z.string().max(40) }) },
      witness(INPUTS.params, ({ params }: Taken) => clean(params)),
    ),
    patterns: route(witness(INPUTS.patterns, ({ params }: Taken) => clean(params))),
  };
}

const FILES = { doc: { types: ["text/plain"], optional: true } } as const;

/** The handler that reads is the witness: what is over the limit must fail before its end. */
function streamed(witness: Witness): Route {
  return route({ body: stream() }, async (ctx) => {
    let size = 0;
    for await (const chunk of ctx.body) size += chunk.byteLength;
    return witness(INPUTS.stream, () => fits(size))(ctx);
  });
}

function uploaded(witness: Witness): Route {
  return route({ body: uploads({ fields: Person, files: FILES }) }, async (ctx) => {
    const { fields, files } = ctx.body;
    let largest = 0;
    for await (const file of files) {
      let size = 0;
      for await (const chunk of file) size += chunk.byteLength;
      largest = Math.max(largest, size);
    }
    return witness(INPUTS.uploads, () => [
      ...unless(isPerson(fields), "no person"),
      ...unless(largest <= LIMITS.file, "a file larger than the limit"),
      ...clean(fields),
    ])(ctx);
  });
}

/** Into a folder of the system's, which lives as long as what it is for. */
function saved(witness: Witness): Route {
  const folder = join(tmpdir(), `openspeed-attack-${process.pid}`);
  const body = uploads({ fields: Person, files: FILES });
  return route({ use: [disk({ folder })], body }, async (ctx) => {
    const paths: string[] = [];
    for await (const file of ctx.body.files) paths.push((await ctx.disk.save(file)).path);
    await Promise.all(paths.map((path) => rm(path)));
    const outside = paths.filter((path) => dirname(path) !== folder);
    return witness(INPUTS.saved, () => outside.map((path) => `saved as ${path}`))(ctx);
  });
}

const matchedBy = (kind: keyof typeof BUILT_IN): TableRoute => at("GET", `/matched/${kind}/:value`);

export const inputs: Subject = {
  name: "inputs",
  classes: ["B"],
  table: [...Object.values(INPUTS), ...MATCHERS.map(matchedBy)],
  make: (witness) => {
    const routes = inputRoutes(witness);
    return createApp({
      limits: LIMITS,
      onError: () => undefined,
      routes: [
        ...INPUT_NAMES.map((name) => ({ ...INPUTS[name], route: routes[name] })),
        ...MATCHERS.map((kind) => ({
          ...matchedBy(kind),
          matchers: { value: BUILT_IN[kind] },
          route: route(
            { params: matched<object>() },
            witness(matchedBy(kind), ({ params }: Taken) => clean(params)),
          ),
        })),
      ],
    });
  },
};
