// Bodies made to cost more than they are: each is refused, and not read further than it takes to know.
import { createApp } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { multipart, uploads } from "../src/index.ts";

const MIB = 1024 * 1024;
const BOUNDARY = "bomb";
const part = (headers: string, value: string): string => `--${BOUNDARY}\r\n${headers}\r\n\r\n${value}\r\n`;
const named = (more = ""): string => `Content-Disposition: form-data; name="a"${more}`;
const open = (more = ""): string => `--${BOUNDARY}\r\n${named(more)}`;
const filled = (text: string): string => text.repeat(Math.ceil((2 * MIB) / text.length));

/** What a parser may hold of what it cannot judge yet, and a chunk more. */
const SOON = 3 * 65_536;

const bombs: readonly (readonly [name: string, body: string, statuses: readonly number[], read: number])[] = [
  ["a hundred thousand fields", filled(part(named(), "")), [413], SOON],
  ["a hundred thousand fields of one name", filled(part(named(), "x")), [413], SOON],
  ["a hundred thousand files", filled(part(named('; filename="f"'), "")), [413, 422], SOON],
  ["headers without end", open() + filled("\r\na: b"), [413], SOON],
  ["a header's value without end", `${open()}\r\nx: ${filled("y")}`, [413], SOON],
  ["a header's name without end", `${open()}\r\n${filled("y")}`, [413, 400], SOON],
  ["a field's name of megabytes", `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${filled("n")}`, [413], SOON],
  ["a file's name of megabytes", open(`; filename="${filled("n")}`), [413], SOON],
  ["parameters without value", part(`${named()}${"; a".repeat(5000)}`, "") + filled("x"), [400], SOON],
  ["parameters one after the other", part(named("; a=b".repeat(3000)), "") + filled("x"), [400], SOON],
  ["backslashes", part(named(`; filename="${"\\".repeat(16_000)}`), "") + filled("x"), [400], SOON],
  [
    "a boundary within a boundary",
    part(named("\r\nContent-Type: multipart/mixed; boundary=b2"), filled("--b2\r\n\r\n")),
    [413],
    2 * MIB,
  ],
  ["what nearly is the boundary", `${open()}\r\n\r\n${filled(`\r\n--${BOUNDARY.slice(0, -1)}`)}`, [413], 2 * MIB],
  ["dashes", `${open()}\r\n\r\n${filled("-")}`, [413], 2 * MIB],
  ["line ends", `${open()}\r\n\r\n${filled("\r\n")}`, [413], 2 * MIB],
  ["a preamble without end", filled("\r\n--"), [400, 413], 2 * MIB],
  ["a text field larger than fields may be", part(named(), filled("x")), [413], 2 * MIB],
];

async function send(path: string, body: string, step: number): Promise<{ status: number; read: number }> {
  const bytes = new TextEncoder().encode(body);
  let read = 0;
  const request = new Request(`http://localhost${path}`, {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    body: new ReadableStream({
      pull(controller) {
        if (read >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(read, (read += step)));
      },
    }),
    duplex: "half",
  });
  const response = await app.fetch(request);
  await response.text();
  return { status: response.status, read };
}

const told: unknown[] = [];
const app = createApp({ onError: (error) => told.push(error), limits: { body: "1MiB" } });
app.post("/held", { body: multipart({ files: { f: { optional: true } } }) }, () => "taken");
app.post(
  "/streamed",
  { body: uploads({ files: { f: { optional: true } } }), limits: { body: "1GiB" } },
  async ({ body }) => {
    for await (const file of body.files) for await (const _ of file);
    return "taken";
  },
);

describe.each(["/held", "/streamed"])("%s", (path) => {
  test.each(bombs)("%s", async (_, body, statuses, most) => {
    for (const step of [65_536, 1_021]) {
      const { status, read } = await send(path, body, step);
      // Where the body itself may be large, one that ends without its boundary is malformed.
      expect([...statuses, ...(path === "/streamed" && most > SOON ? [400] : [])]).toContain(status);
      expect(read).toBeLessThanOrEqual(most + 65_536);
    }
    expect(told).toEqual([]);
  });
});
