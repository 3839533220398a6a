import { strictEqual } from "node:assert/strict";
import { type App, createApp } from "@openspeed/core";
import { z } from "zod";
import { incomingOf } from "../incoming.ts";
import { latin1, type Target } from "../target.ts";

const TOKEN = "[\\w!#$&'*+.^`|~%-]+";
/** JSON or a type that is built on it, with any parameters (RFC 9110 §8.3.1, RFC 6839 §3.1). */
const JSON_TYPE = new RegExp(`^[ \\t]*(?:application/json|${TOKEN}/${TOKEN}\\+json)[ \\t]*(?:;.*)?$`, "is");

const app = createApp({ mode: "test" });
app.post("/", { body: z.object({ a: z.int() }) }, ({ body }) => String(body.a));

export const mediaType: Target<{ readonly app: App }> = {
  name: "media-type",
  about: "a JSON route reads what is sent as JSON by the grammar of media types, and nothing else",
  sources: ["packages/core/src/request/media-type.ts", "packages/core/src/request/decode.ts"],
  words: [
    "application/json",
    "+json",
    "application/",
    "json",
    ";",
    "; charset=utf-8",
    " ",
    "\t",
    "\u00a0",
    ",",
    "text/plain",
    "/",
    "*/*",
    '"',
  ],
  separators: [";", "/", "+", ","],
  longest: 128,
  subject: { app },
  async check({ app }, input) {
    const type = latin1(input);
    if (/[\0\r\n]/.test(type)) return; // no header holds them (RFC 9110 §5.5)
    const headers = new Map([["content-type", type]]);
    const chunks = [Uint8Array.from(Buffer.from('{"a":1}'))];
    const { status } = await app.handle(incomingOf({ method: "POST", target: "/", headers, chunks }));
    strictEqual(status, JSON_TYPE.test(type) ? 200 : 415);
  },
};
