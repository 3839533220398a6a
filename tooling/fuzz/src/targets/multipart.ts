import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type App, createApp } from "@openspeed/core";
import { multipart as held, uploads } from "@openspeed/multipart";
import { incomingOf } from "../incoming.ts";
import { createRandom, seedOf } from "../random.ts";
import { latin1, type Target, utf8 } from "../target.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const BOUNDARY = "b";
const PARTS = 8;
const HEADERS = new Map([["content-type", `multipart/form-data; boundary=${BOUNDARY}`]]);
const FILES = { f: { many: true, optional: true }, g: { many: true, optional: true } } as const;

/**
 * Something stands between a boundary and the end of its line. The library takes two octets there for the line end, whatever
 * they are, unless the network cuts between them: such a body is read in one way or refused.
 */
const STRAY = /(?:^|\r\n)--b(?!\r\n|--)/;

/** What a body holds. */
interface Contents {
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly files: readonly (readonly [field: string, name: string, type: string, content: string])[];
}

/** In the order of their parts within each field, as a route that holds them has them. */
function byField(files: Contents["files"]): Contents["files"] {
  return files.toSorted(([a], [b]) => a.localeCompare(b));
}

/** One route holds the files, the other streams them; both answer with what they read. */
export function appOf(kinds: { readonly held: typeof held; readonly uploads: typeof uploads }): App {
  const app = createApp({ mode: "test", limits: { parts: PARTS } });
  app.post("/held", { body: kinds.held({ files: FILES }) }, async ({ body }) => {
    const files: Contents["files"][number][] = [];
    for (const [field, list] of Object.entries(body.files))
      for (const file of list)
        files.push([field, file.name, file.type, latin1(new Uint8Array(await file.arrayBuffer()))]);
    return JSON.stringify({ fields: body.fields, files });
  });
  app.post("/streamed", { body: kinds.uploads({ files: FILES }) }, async ({ body }) => {
    const files: Contents["files"][number][] = [];
    for await (const file of body.files) {
      let content = "";
      for await (const chunk of file) content += latin1(chunk);
      files.push([file.field, file.name, file.type, content]);
    }
    return JSON.stringify({ fields: body.fields, files: byField(files) });
  });
  return app;
}

export const multipart: Target<{ readonly app: App }> = {
  name: "multipart",
  about: "a multipart body has the parts that splitting it at its boundary gives, wherever the network cuts it",
  sources: ["packages/multipart/src/"],
  words: [
    "--b",
    "\r\n--b\r\n",
    "\r\n--b--\r\n",
    "--",
    "\r\n",
    "\r\n\r\n",
    "Content-Disposition: form-data; ",
    'name="a"',
    'name="f"; filename="x"',
    "Content-Type: text/plain\r\n",
    'filename=""',
    "filename*=UTF-8''x",
    "%22",
    '\\"',
    ";",
    ":",
  ],
  separators: ["\r\n--b", "\r\n", "; ", '"'],
  longest: 1_024,
  subject: { app: appOf({ held, uploads }) },
  async check({ app }, input) {
    const send = async (target: string, chunks: readonly Bytes[]): Promise<readonly [status: number, body: string]> => {
      const { status, body } = await app.handle(incomingOf({ method: "POST", target, headers: HEADERS, chunks }));
      return [status, String(body)];
    };
    const contents = split(input);
    for (const target of ["/held", "/streamed"]) {
      const [status, body] = await send(target, [input]);
      ok([200, 400, 413, 422].includes(status), `answers ${status}`);
      if (contents === "not UTF-8") strictEqual(status, 400);
      else if (contents !== undefined && (target === "/held" || contents.files.length === 0)) {
        strictEqual(status, contents.files.every(([field]) => field in FILES) ? 200 : 422);
        if (status === 200)
          deepStrictEqual(JSON.parse(body), { fields: { ...contents.fields }, files: byField(contents.files) });
      }
      if (STRAY.test(latin1(input))) continue;
      for (const chunks of cuts(input)) {
        const again = await send(target, chunks);
        // Which of two faults is told first may depend on what has arrived.
        if (status === 200 || again[0] === 200) deepStrictEqual(again, [status, body]);
      }
    }
  },
};

/** The same bytes at a few places that they themselves choose, and if they are few, one by one. */
function* cuts(input: Bytes): Generator<readonly Bytes[]> {
  const { below } = createRandom(seedOf(input));
  const places = Array.from({ length: 1 + below(6) }, () => below(input.length + 1)).toSorted((a, b) => a - b);
  yield [0, ...places].map((from, at) => input.slice(from, places[at] ?? input.length));
  if (input.length <= 64) yield Array.from(input, (byte) => Uint8Array.of(byte));
}

const PART =
  /^Content-Disposition: form-data; name="([^"\\%\r\n]*)"(?:; filename="([^"\\%/\r\n]+)")?(?:\r\nContent-Type: ([a-z]+\/[a-z]+))?$/;

/** Plain bodies only: `undefined` for one whose reading has to be known better than by splitting it. */
function split(input: Bytes): Contents | "not UTF-8" | undefined {
  const [preamble, ...pieces] = `\r\n${latin1(input)}`.split(`\r\n--${BOUNDARY}`);
  const end = pieces.findIndex((piece) => piece.startsWith("--"));
  if (preamble !== "" || end === -1 || end > PARTS) return undefined;
  const fields: Record<string, string | string[]> = Object.create(null);
  const files: Contents["files"][number][] = [];
  for (const piece of pieces.slice(0, end)) {
    const at = piece.indexOf("\r\n\r\n", 2);
    const [, name, filename, type = "application/octet-stream"] = PART.exec(piece.slice(2, at)) ?? [];
    if (!piece.startsWith("\r\n") || at === -1 || name === undefined) return undefined;
    if (/[^\x20-\x7e]/.test(name + filename) || filename === "." || filename === "..") return undefined;
    const content = piece.slice(at + 4);
    if (filename !== undefined) files.push([name, filename, type, content]);
    else {
      const text = utf8(Buffer.from(content, "latin1"));
      if (Buffer.from(text).toString("latin1") !== content) return "not UTF-8";
      const before = fields[name];
      fields[name] = before === undefined ? text : [before, text].flat();
    }
  }
  return { fields, files };
}
