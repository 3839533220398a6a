import { createApp } from "@openspeed/core";
import { expect, test } from "vitest";
import { suite } from "./suite.ts";

/** As far as the tests need them: the servers of the runtimes that have one. */
interface Runtimes {
  readonly Bun?: {
    serve(options: { port: 0; hostname: string; fetch: (request: Request, server: unknown) => unknown }): {
      readonly port: number;
      stop(closing: true): Promise<void>;
    };
  };
  readonly Deno?: {
    serve(
      options: { port: 0; hostname: string; onListen: () => void },
      handle: (request: Request, info: unknown) => unknown,
    ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> };
  };
}
const { Bun, Deno } = globalThis as Runtimes;

const app = () =>
  createApp({ mode: "test" }).get("/", ({ incoming: { peer } }) => ({
    known: peer !== undefined,
    address: peer?.address ?? null,
    encrypted: peer?.encrypted ?? null,
  }));
const local = { known: true, address: "127.0.0.1", encrypted: false };
/** The header that must not matter. */
const headers = { "x-forwarded-for": "203.0.113.9" };

suite("who a connection is with", (open, transport) => {
  test("is told by the transport, and not at all where there is none", async () => {
    const t = await open(app());
    await t("GET /", { headers }).expect(
      200,
      transport === "socket" ? local : { known: false, address: null, encrypted: null },
    );
  });
});

test.skipIf(Bun === undefined)("Bun.serve tells it to who asks its server", async () => {
  const { fetch: handle } = app();
  const server = Bun?.serve({ port: 0, hostname: "127.0.0.1", fetch: handle });
  const answer = await fetch(`http://127.0.0.1:${server?.port}/`, { headers });
  expect(await answer.json()).toEqual(local);
  await server?.stop(true);
});

test.skipIf(Deno === undefined)("Deno.serve tells it with each request", async () => {
  const { fetch: handle } = app();
  const server = Deno?.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handle);
  const answer = await fetch(`http://127.0.0.1:${server?.addr.port}/`, { headers });
  expect(await answer.json()).toEqual(local);
  await server?.shutdown();
});
