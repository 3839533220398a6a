import { ok } from "node:assert/strict";
import { incomingOf } from "../incoming.ts";
import { createInputsApp, type InputsApp } from "../inputs-app.ts";
import { latin1, type Target } from "../target.ts";

const STATUSES = new Set([200, 204, 400, 404, 405, 406, 412, 413, 414, 415, 422]);

/** `METHOD target`, lines of headers, an empty line, the body. */
export const request: Target<InputsApp> = {
  name: "request",
  about: "any request is answered, without a fault, and no handler is given what its schema refuses",
  sources: ["packages/core/src/", "packages/multipart/src/"],
  words: [
    "GET ",
    "POST ",
    "PUT ",
    "HEAD ",
    "/json",
    "/json/1",
    "/form",
    "/text",
    "/bytes",
    "/stream",
    "/multipart",
    "/uploads",
    "/inputs/1",
    "/files/a",
    "?page=1",
    "&tag=a",
    "content-type: application/json",
    "content-type: application/x-www-form-urlencoded",
    "content-type: multipart/form-data; boundary=b",
    "accept: ",
    "cookie: theme=dark",
    "x-trace: ab12",
    "\n",
    '{"id":1,"name":"a","lines":[]}',
    '"sku":"A","count":1',
    "name=a&age=1",
    "__proto__",
    "constructor",
    "\r\n--b",
    "null",
    "1e3",
  ],
  separators: ["\n", "\n\n", "&", ",", "\r\n--b", "/", ":"],
  longest: 5_000,
  subject: createInputsApp(),
  async check({ app, faults }, input) {
    const end = Buffer.from(input).indexOf("\n\n");
    const [first = "", ...lines] = latin1(end === -1 ? input : input.subarray(0, end)).split("\n");
    const [method = "", target = ""] = first.split(" ", 2);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const [, name = "", value = ""] = /^([\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
      const before = headers.get(name.toLowerCase());
      if (name !== "") headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
    }
    const body = end === -1 ? new Uint8Array() : input.slice(end + 2);
    const half = body.length >> 1;
    const chunks = body.length === 0 ? [] : [body.slice(0, half), body.slice(half)];
    const outcome = await app.handle(incomingOf({ method, target, headers, chunks }));
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw fault;
    ok(STATUSES.has(outcome.status), `answers ${outcome.status}`);
    ok(
      outcome.headers.every((text) => !/[\0\r\n]/.test(text)),
      "no header is split",
    );
    if (outcome.status >= 400 && method !== "HEAD") JSON.parse(String(outcome.body));
  },
};
