// Guards of @openspeed/security on every runtime; what they do in full is tested beside them.
import { createApp, type ItemContext, text } from "@openspeed/core";
import { behindProxies, client, concurrency, idempotency, ipList, rateLimit } from "@openspeed/security";
import { expect, test } from "vitest";
import { signal, suite } from "./suite.ts";

const bind = [client.to(behindProxies({ trust: ["platform", "loopback"], header: "forwarded" }))];
const from = (address: string) => ({ headers: { forwarded: `for="${address}"` } });

suite("guards", (open) => {
  test("know clients by one form of their address", async () => {
    const app = createApp({ bind });
    app.get("/", { use: [client] }, ({ client }) => client.address);
    app.get("/in", { use: [ipList({ allow: ["10.0.0.0/8"], deny: ["10.6.0.0/16"] })] }, () => "in");
    const t = await open(app);
    await t("GET /", from("[2001:DB8:0:0::1]:443")).expect(200, "2001:db8::1");
    await t("GET /in", from("[::ffff:10.1.0.1]")).expect(200);
    await t("GET /in", from("10.6.0.1")).expectProblem("addressRefused");
    await t("GET /in", from("0177.0.0.1")).expectProblem("malformed");
  });

  test("limit how often", async () => {
    const app = createApp({ bind });
    app.get("/", { use: [rateLimit({ limit: 2, window: "1h" })] }, () => "in");
    const t = await open(app);
    await t("GET /", from("203.0.113.9"))
      .expect(200)
      .expectHeader("ratelimit", /^"2\/1h";r=1;t=/);
    await t("GET /", from("203.0.113.9")).expect(200);
    await t("GET /", from("203.0.113.9")).expectProblem("tooManyRequests");
    await t("GET /", from("[2001:db8::1]")).expect(200);
  });

  test("hash what is long", async () => {
    const by = ({ query }: ItemContext): string => "x".repeat(500) + String(query["name"]);
    const app = createApp();
    app.get("/", { use: [rateLimit({ limit: 1, window: "1h", by })] }, () => "in");
    const t = await open(app);
    await t("GET /", { query: { name: "ada" } }).expect(200);
    await t("GET /", { query: { name: "bob" } }).expect(200);
    await t("GET /", { query: { name: "ada" } }).expect(429);
  });

  test("limit how many at once", async () => {
    const [inside, done] = [signal(), signal()];
    const app = createApp();
    app.get("/", { use: [concurrency({ limit: 1 })] }, async () => {
      inside.resolve();
      await done.promise;
      return "done";
    });
    const t = await open(app);
    const first = t.fetch("/");
    await inside.promise;
    await t("GET /").expectProblem("busy");
    done.resolve();
    expect((await first).status).toBe(200);
  });

  test("do a thing once", async () => {
    let runs = 0;
    const app = createApp();
    app.post("/", { use: [idempotency()], body: text() }, ({ body }) => `${++runs} ${body}`);
    const t = await open(app);
    const request = { headers: { "idempotency-key": '"k"' }, body: "a" };
    await t("POST /", request).expect(200, "1 a");
    await t("POST /", request).expect(200, "1 a").expectHeader("idempotent-replayed", "true");
    await t("POST /", { ...request, body: "b" }).expectProblem("idempotencyKeyReused");
  });
});
