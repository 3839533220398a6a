import { files } from "../static/tree.ts";
import { MEGABYTE, NOT_FOUND } from "./work.ts";

/** What is sent, gone through in turn, and what must come back. */
export interface Case {
  readonly name: string;
  readonly status: number;
  /** The media type of the answer, without parameters. */
  readonly type: string;
  /** Headers that the answer must have, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly exchanges: readonly Exchange[];
  /** How many connections keep the server busy. */
  readonly connections: number;
}

export interface Exchange {
  readonly request: Buffer;
  readonly body: Buffer;
}

const connections = 48;

export const cases: readonly Case[] = [
  {
    name: "text",
    status: 200,
    type: "text/plain",
    headers: {},
    exchanges: [exchange("GET", "/", [], "", "hello")],
    connections,
  },
  {
    name: "params+query",
    status: 200,
    type: "application/json",
    headers: {},
    exchanges: numbers().map((n) =>
      exchange("GET", `/users/${n}?name=user-${n}`, [], "", JSON.stringify({ id: String(n), name: `user-${n}` })),
    ),
    connections,
  },
  {
    name: "post",
    status: 200,
    type: "application/json",
    headers: {},
    exchanges: numbers().map((n) => {
      const user = { name: `user-${n}`, email: `user-${n}@example.com`, age: n % 100 };
      return exchange(
        "POST",
        "/users",
        ["content-type: application/json"],
        JSON.stringify(user),
        JSON.stringify({ id: "1", ...user }),
      );
    }),
    connections,
  },
  {
    name: "middleware",
    status: 200,
    type: "application/json",
    headers: {
      "x-request-id": "r-1",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    },
    exchanges: ["ada", "grace", "edsger", "barbara"].map((id) =>
      exchange(
        "GET",
        "/me",
        [`authorization: Bearer ${id}`, "x-request-id: r-1"],
        "",
        JSON.stringify({ id, name: id.toUpperCase() }),
      ),
    ),
    connections,
  },
  {
    name: "404",
    status: 404,
    type: NOT_FOUND.type,
    headers: {},
    exchanges: numbers().map((n) => exchange("GET", `/nowhere/${n}`, [], "", NOT_FOUND.body)),
    connections,
  },
  {
    name: "stream",
    status: 200,
    type: "application/octet-stream",
    headers: {},
    exchanges: [exchange("GET", "/stream", [], "", "o".repeat(MEGABYTE))],
    connections: 8,
  },
];

/** The cases of the suite `static`: what is sent are the files that `static/tree.ts` writes. */
export const fileCases: readonly Case[] = files.map(({ name, content, connections }) => ({
  name,
  status: 200,
  type: "text/css",
  headers: {},
  exchanges: [exchange("GET", `/assets/${name}`, [], "", content)],
  connections,
}));

export function caseNamed(name: string): Case {
  const all = [...cases, ...fileCases];
  const found = all.find((one) => one.name === name);
  if (found === undefined)
    throw new Error(`No case is called "${name}"; there are ${all.map((one) => one.name).join(", ")}`);
  return found;
}

/** Enough different requests that nobody's cache of the last few answers for the work. */
function numbers(): number[] {
  return Array.from({ length: 900 }, (_, i) => 1000 + i * 7);
}

function exchange(method: string, target: string, headers: readonly string[], body: string, answer: string): Exchange {
  const length = body === "" ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  const head = [`${method} ${target} HTTP/1.1`, "host: localhost", "accept: */*", ...headers, ...length];
  return { request: Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`), body: Buffer.from(answer) };
}
