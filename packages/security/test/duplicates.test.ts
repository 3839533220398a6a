/** What no `fetch` can send: a header field twice. */
import { request } from "node:http";
import { serve, type Server } from "@openspeed/adapter-node";
import { createApp } from "@openspeed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cors, csrf, requestId } from "../src/index.ts";

const APP = "https://app.example";
const app = createApp({ use: [requestId({ trust: true }), cors({ origins: [APP] }), csrf({ origins: [APP] })] });
app.post("/", () => "x");

let server: Server;
beforeAll(async () => {
  server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, quiet: 0 });
});
afterAll(() => server.close());

interface Said {
  readonly status: number | undefined;
  readonly allowed: string | undefined;
  readonly id: unknown;
}

function ask(headers: Readonly<Record<string, readonly string[]>>): Promise<Said> {
  return new Promise((resolve, reject) => {
    const asked = request(server.url, { method: "POST", agent: false }, ({ statusCode, headers: answered }) => {
      const { "access-control-allow-origin": allowed, "x-request-id": id } = answered;
      resolve({ status: statusCode, allowed, id });
      asked.destroy();
    });
    asked.once("error", reject);
    for (const [name, values] of Object.entries(headers)) asked.setHeader(name, values);
    asked.end();
  });
}

test.each([
  [{ origin: [APP] }, 200, APP],
  [{ origin: [APP, APP] }, 403, undefined],
  [{ origin: ["https://evil.example", APP] }, 403, undefined],
  [{ origin: [APP, "https://evil.example"] }, 403, undefined],
  [{ "sec-fetch-site": ["same-origin", "cross-site"] }, 403, undefined],
  [{ "sec-fetch-site": ["cross-site"], origin: [APP, "null"] }, 403, undefined],
])("%j", async (headers, status, allowed) => {
  expect(await ask(headers)).toMatchObject({ status, allowed });
});

test("an id that comes twice is no id", async () => {
  expect(await ask({ "x-request-id": ["a", "b"] })).toMatchObject({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
});
