import { expect, test } from "vitest";
import { createResponseReader } from "../src/http/response.ts";

const body = "hello, world";
const fixed = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const chunked = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n`;

/** Whether the response is complete after each piece. */
function read(pieces: readonly string[], status = 200, expected = body): boolean[] {
  const reader = createResponseReader();
  reader.expect(status, Buffer.from(expected));
  return pieces.map((piece) => reader.read(Buffer.from(piece)));
}

test.each([
  ["a length", fixed],
  ["chunks", chunked],
])("a response with %s is complete at its last byte, wherever it is cut", (_, response) => {
  for (let at = 1; at < response.length; at++) {
    expect(read([response.slice(0, at), response.slice(at)]), `cut at ${at}`).toEqual([false, true]);
  }
  expect(read([...response])).toEqual([...Array<boolean>(response.length - 1).fill(false), true]);
});

test.each([
  ["another status", fixed, 404, body, /status 200 instead of 404/],
  ["another body", fixed, 200, "hello, World", /another body/],
  ["a longer body", fixed, 200, "hello", /another body/],
  ["a shorter body", fixed, 200, "hello, world!", /12 bytes of body instead of 13/],
  ["a second response", fixed + fixed, 200, body, /after the end/],
  ["no end", "HTTP/1.1 200 OK\r\n\r\nhello", 200, body, /without an end/],
] as const)("%s is an error", (_, response, status, expected, message) => {
  expect(() => read([response], status, expected)).toThrow(message);
});
