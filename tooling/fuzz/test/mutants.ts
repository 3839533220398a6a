/** For each target something broken, as it is broken in the field: the fuzzer must find it. */
import { once } from "node:events";
import { createServer } from "node:net";
import { createApp, form as formBody, json as jsonBody } from "@openspeed/core";
import { multipart as held, uploads } from "@openspeed/multipart";
import { z } from "zod";
import { createInputsApp } from "../src/inputs-app.ts";
import { type Check, checkOf } from "../src/target.ts";
import { accept } from "../src/targets/accept.ts";
import { conditional } from "../src/targets/conditional.ts";
import { cookie } from "../src/targets/cookie.ts";
import { Form, form } from "../src/targets/form.ts";
import { json } from "../src/targets/json.ts";
import { limits } from "../src/targets/limits.ts";
import { matcher } from "../src/targets/matcher.ts";
import { mediaType } from "../src/targets/media-type.ts";
import { appOf, multipart } from "../src/targets/multipart.ts";
import { path } from "../src/targets/path.ts";
import { pattern } from "../src/targets/pattern.ts";
import { query } from "../src/targets/query.ts";
import { request } from "../src/targets/request.ts";
import { serialize } from "../src/targets/serialize.ts";
import { freeSocket, socket } from "../src/targets/socket.ts";

export interface Mutant {
  readonly target: string;
  /** What is wrong with it. */
  readonly fault: string;
  readonly broken: () => Check;
}

function mutant<T extends { readonly name: string }>(target: T, fault: string, broken: () => Check): Mutant {
  return { target: target.name, fault, broken };
}

const { canonicalPath, splitTarget } = path.subject;
const { readQuery } = query.subject;
const { readCookies } = cookie.subject;
const { readJson } = json.subject;
const { createMatcher } = matcher.subject;
const { preferred } = accept.subject;
const { applyConditions } = conditional.subject;
const { parseSize } = limits.subject;

export const mutants: readonly Mutant[] = [
  mutant(path, "an encoded percent is decoded too", () =>
    checkOf(path, { ...path.subject, canonicalPath: (raw) => canonicalPath(raw)?.replaceAll("%25", "%") }),
  ),
  mutant(path, "an encoded slash in small letters is decoded", () =>
    checkOf(path, { ...path.subject, canonicalPath: (raw) => canonicalPath(raw.replaceAll("%2f", "/")) }),
  ),
  mutant(path, "user information is taken for a part of the path", () =>
    checkOf(path, { ...path.subject, splitTarget: (raw) => splitTarget(raw.replace(/\/\/\w*@/, "//")) }),
  ),
  mutant(query, "a plus stays one", () =>
    checkOf(query, { readQuery: (search, repeats, limit) => readQuery(search.replaceAll("+", "%2B"), repeats, limit) }),
  ),
  mutant(query, "one field more is taken", () =>
    checkOf(query, { readQuery: (search, repeats, limit) => readQuery(search, repeats, (limit ?? 256) + 1) }),
  ),
  mutant(query, "escaped names are not decoded", () =>
    checkOf(query, {
      readQuery: (search, ...rest) => readQuery(search.replaceAll(/%(?=[^&=]*=)/g, "%25"), ...rest),
    }),
  ),
  mutant(cookie, "the last of equal names counts", () =>
    checkOf(cookie, {
      readCookies: (header, limit) => readCookies(header?.split(";").toReversed().join(";") ?? null, limit),
    }),
  ),
  mutant(cookie, "0xA0 is a blank", () =>
    checkOf(cookie, { readCookies: (header, limit) => readCookies(header?.replaceAll("\u00a0", " ") ?? null, limit) }),
  ),
  mutant(json, "escaped keys reach a prototype", () =>
    checkOf(json, { readJson: (text, depth) => (/\\u00[57]/i.test(text) ? JSON.parse(text) : readJson(text, depth)) }),
  ),
  mutant(json, "one level more is taken", () =>
    checkOf(json, { readJson: (text, depth) => readJson(text, depth + 1) }),
  ),
  mutant(matcher, "what refuses its params takes them", () =>
    checkOf(matcher, {
      createMatcher: <T>(): ReturnType<typeof createMatcher<T>> => {
        const { add, find } = createMatcher<T>();
        return { add: (pattern, value) => add(pattern, value), find };
      },
    }),
  ),
  mutant(matcher, "a slash at the end is not looked at", () =>
    checkOf(matcher, {
      createMatcher: <T>(): ReturnType<typeof createMatcher<T>> => {
        const { add, find } = createMatcher<T>();
        return { add, find: (path) => find(path.replace(/(?<=.)\/$/, "")) };
      },
    }),
  ),
  mutant(accept, "a weight of 0 is one of 1", () =>
    checkOf(accept, {
      preferred: (header, types) => preferred(header?.replaceAll(/q=0(?=\s*(?:,|$))/g, "") ?? null, types),
    }),
  ),
  mutant(conditional, "weak tags match strongly", () =>
    checkOf(conditional, {
      applyConditions: (incoming, outcome) =>
        applyConditions(
          { ...incoming, header: (name) => incoming.header(name)?.replaceAll("W/", "") ?? null },
          { ...outcome, headers: outcome.headers.map((text) => text.replace("W/", "")) },
        ),
    }),
  ),
  mutant(limits, "a binary unit is a decimal one", () =>
    checkOf(limits, {
      ...limits.subject,
      parseSize: (value) => parseSize(typeof value === "string" ? value.replace("GiB", "GB") : value),
    }),
  ),
  mutant(mediaType, "any media type is read as JSON", () => {
    const app = createApp({ mode: "test" });
    app.post("/", { body: { ...jsonBody(z.object({ a: z.int() })), accepts: [] } }, () => "ok");
    return checkOf(mediaType, { app });
  }),
  mutant(serialize, "undeclared members leave", () =>
    checkOf(serialize, { makeSerialize: () => (value) => JSON.stringify(value) }),
  ),
  mutant(form, "texts are not turned into numbers", () => {
    const app = createApp({ mode: "test", limits: { query: 16 } });
    app.post("/", { body: { ...formBody(Form), textual: false } }, ({ body }) => body);
    return checkOf(form, { app });
  }),
  mutant(multipart, "what comes in pieces loses a line end between them", () =>
    checkOf(multipart, { app: appOf({ held: losing(held), uploads }) }),
  ),
  mutant(pattern, "doubled slashes are one", () =>
    checkOf(pattern, { appOf: (text) => pattern.subject.appOf(text.replaceAll("//", "/")) }),
  ),
  mutant(request, "a body is not validated", () => checkOf(request, createInputsApp(z.any()))),
  mutant(socket, "each line is answered", () => {
    const at = freeSocket();
    const server = createServer((client) => {
      client.on("error", () => {});
      client.on("data", (data) => {
        for (const _ of data.toString("latin1").split("\r\n")) client.write("HTTP/1.1 200 OK\r\n\r\n");
      });
    });
    const listen = async (): Promise<string> => {
      if (!server.listening) await once(server.listen(at), "listening");
      return at;
    };
    return checkOf(socket, { listen, faults: [], close: async () => void server.close() });
  }),
];

/** Drops a line feed with which a chunk begins. */
function losing(kind: typeof held): typeof held {
  return ((shape: Parameters<typeof held>[0]) => {
    const body = kind(shape);
    return {
      ...body,
      read: (incoming, limits) => {
        const lost = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform: (chunk, controller) => controller.enqueue(chunk[0] === 10 ? chunk.subarray(1) : chunk),
        });
        return body.read?.({ ...incoming, stream: () => incoming.stream()?.pipeThrough(lost) ?? null }, limits);
      },
    } satisfies typeof body;
  }) as typeof held;
}
