/** The second readings themselves, by hand: what they say is what everything else is held against. */
import { describe, expect, test } from "vitest";
import { readAnswers } from "../src/answers.ts";
import { keyOf, readTarget, type TableRoute } from "../src/oracle.ts";
import { readRequests } from "../src/reference.ts";

const route = (key: string, more: Partial<TableRoute> = {}): TableRoute => {
  const [method = "", path = ""] = key.split(" ");
  return { method, path, access: "public", ...more };
};
const table = [
  "GET /",
  "GET /admin",
  "GET /users/:id",
  "GET /users/me",
  "POST /users/:id",
  "GET /files/*rest",
  "* /any",
  "404 /admin/*path",
  "GET /:lang?/about",
]
  .map((key) => route(key))
  .concat(route("GET /n/:id", { accepts: { id: /^\d+$/ } }), route("GET /n/:name"));

describe("paths", () => {
  test.each([
    ["GET", "/admin", "GET /admin"],
    ["GET", "/%61dmin?x=/users/1", "GET /admin"],
    ["GET", "/a/../admin", "GET /admin"],
    ["GET", "/a/%2e%2E/admin", "GET /admin"],
    ["GET", "http://other/admin", "GET /admin"],
    ["HEAD", "/admin", "GET /admin"],
    ["GET", "/admin/none", "404 /admin/*path"],
    ["GET", "/admin/", "none"],
    ["GET", "//admin", "none"],
    ["GET", "/ADMIN", "none"],
    ["GET", "/admin%2f", "none"],
    ["POST", "/admin", "none"],
    ["GET", "/users/me", "GET /users/me"],
    ["POST", "/users/me", "POST /users/:id"],
    ["GET", "/users/a%2fb", "GET /users/:id"],
    ["GET", "/users/", "none"],
    ["GET", "/files/a/b", "GET /files/*rest"],
    ["GET", "/files/", "none"],
    ["PURGE", "/any", "* /any"],
    ["GET", "/about", "GET /:lang?/about"],
    ["GET", "/en/about", "GET /:lang?/about"],
    ["GET", "/n/7", "GET /n/:id"],
    ["GET", "/n/x", "GET /n/:name"],
    ["GET", "/a/..%2fadmin", "malformed"],
    ["GET", "/a%5c..%5cadmin", "malformed"],
    ["GET", "/a\\b", "malformed"],
    ["GET", "/%c0%afadmin", "malformed"],
    ["GET", "/admin%00", "malformed"],
    ["GET", "/admin%", "malformed"],
    ["GET", "/admin#x", "malformed"],
    ["GET", "http://user@host/admin", "malformed"],
    ["GET", "admin", "malformed"],
    ["OPTIONS", "*", "none"],
  ])("%s %s is %s", (method, target, expected) => {
    const reading = readTarget(table, method, target);
    expect(reading.kind === "route" ? keyOf(reading.route) : reading.kind).toBe(expected);
  });
});

describe("messages", () => {
  const get = "GET /a HTTP/1.1\r\nhost: a\r\n\r\n";
  const post = (headers: string, body: string): string => `POST /a HTTP/1.1\r\nhost: a\r\n${headers}\r\n\r\n${body}`;
  test.each([
    ["one", get, 1, "end"],
    ["two", get + get, 2, "end"],
    ["an empty line before", `\r\n${get}`, 1, "end"],
    ["the last", `${get.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n")}${get}`, 1, "last"],
    ["a length", post("content-length: 3", `abc${get}`), 2, "end"],
    ["chunks", post("transfer-encoding: chunked", `3;x=y\r\nabc\r\n0\r\na: b\r\n\r\n${get}`), 2, "end"],
    ["half a body", post("content-length: 9", "abc"), 0, "incomplete"],
    ["both", post("content-length: 3\r\ntransfer-encoding: chunked", "0\r\n\r\n"), 0, "malformed"],
    ["another coding", post("transfer-encoding: xchunked", "0\r\n\r\n"), 0, "malformed"],
    ["two lengths", post("content-length: 1\r\ncontent-length: 2", "ab"), 0, "malformed"],
    ["a signed length", post("content-length: +1", "a"), 0, "malformed"],
    ["a folded line", post("x: y\r\n z", ""), 0, "malformed"],
    ["a blank before a colon", post("x : y", ""), 0, "malformed"],
    ["a bare line feed", post("x: y\nz: a", ""), 0, "malformed"],
    [
      "a chunk that is longer than it says",
      post("transfer-encoding: chunked", "2\r\nabc\r\n0\r\n\r\n"),
      0,
      "malformed",
    ],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 0, "malformed"],
    ["no host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 1, "last"],
    ["HTTP/2", "GET / HTTP/2.0\r\nhost: a\r\n\r\n", 0, "malformed"],
  ])("%s", (_name, bytes, count, end) => {
    const read = readRequests(bytes);
    expect([read.requests.length, read.end]).toEqual([count, end]);
  });
});

test("answers are read with the methods that they are for, and what is left over is seen", () => {
  const answers =
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\nrest";
  const read = readAnswers(answers, ["HEAD", "GET"], true);
  expect(read.answers.map(({ status, body }) => [status, body])).toEqual([
    [200, ""],
    [200, "ab"],
  ]);
  expect(read.rest).toBe("rest");
});
