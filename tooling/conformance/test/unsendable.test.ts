import { createApp, middleware, reply, withHeaders } from "@openspeed/core";
import { expect, test } from "vitest";
import { quiet, suite } from "./suite.ts";

suite("headers that cannot be sent", (open) => {
  // What a value may not have (RFC 9110 §5.5): on some platform each of these was another header, or the end of the process.
  test.each(["\r\nx-injected: 1", "\n", "\r", "\0", "\u0001", "\u000b", "\u001f", "\u007f", "\u2028", "\u560a"])(
    "%j in a value is a 500, and nothing of it leaves",
    async (text) => {
      const app = createApp(quiet);
      app.get("/reply", () => reply(200, "said", { "x-said": `a${text}b` }));
      app.get("/two", () => reply(200, "said", { "x-fine": "1", "x-said": `a${text}b` }));
      const around = middleware("around", {}, async (_, next) => withHeaders(await next(), { "x-said": text }));
      app.get("/around", { use: [around] }, () => "said");
      const t = await open(app);
      for (const path of ["/reply", "/two", "/around"]) {
        const { headers, value } = await t(`GET ${path}`).expect(500);
        expect(value).toMatchObject({ status: 500, name: "internal" });
        expect([headers.get("x-said"), headers.get("x-injected"), headers.get("x-fine")]).toEqual([null, null, null]);
      }
    },
  );

  test("it is told with the id that the client gets", async () => {
    const told: string[] = [];
    const app = createApp({ onError: (error, { id }) => void told.push(`${id} ${String(error)}`) });
    app.get("/", () => reply(200, "said", { "x-said": "\n" }));
    const { value } = await (await open(app))("GET /").expect(500);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain((value as { instance: string }).instance);
    expect(told[0]).toContain("OS_INVALID_RESPONSE");
  });

  test("so is a name that is no token", async () => {
    const app = createApp(quiet);
    app.get("/", () => reply(200, "said", { "x said": "a" }));
    await (await open(app))("GET /").expect(500);
  });

  test("tabs and octets beyond ASCII are sent", async () => {
    const app = createApp(quiet);
    app.get("/", () => reply(200, "said", { "x-said": "a\té" }));
    const { headers } = await (await open(app))("GET /").expect(200);
    expect(headers.get("x-said")).toBe("a\té");
  });

  test("a body that is not sent is released", async () => {
    let released = 0;
    const app = createApp(quiet);
    app.get("/", () => reply(200, new ReadableStream({ cancel: () => void released++ }), { "x-said": "\n" }));
    await (await open(app))("GET /").expect(500);
    expect(released).toBe(1);
  });
});
