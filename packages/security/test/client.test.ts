import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@openspeed/adapter-node";
import { type App, createApp, text } from "@openspeed/core";
import { transports } from "@openspeed/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { behindProxies, type Client, client, type ProxyOptions } from "../src/index.ts";

function appWith(options?: ProxyOptions): App {
  const app = createApp(options && { bind: [client.to(behindProxies(options))] });
  app.get("/", { use: [client] }, ({ client }) => ({ ...client, address: client.address ?? null }));
  return app;
}

/** As on Deno, which hands over whom the connection is with. */
const from = (hostname: string): unknown => ({ remoteAddr: { hostname } });

async function ask(
  app: App,
  peer: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly client: Client }> {
  const answer = await app.fetch(
    new Request("http://app.example/", { headers: { host: "app.example", ...headers } }),
    peer && from(peer),
  );
  return { status: answer.status, client: (await answer.json()) as Client };
}

describe.each(transports(serve))("by $name", ({ name, testApp }) => {
  test("nothing is believed by default", async () => {
    await using t = await testApp(appWith());
    const headers = {
      forwarded: "for=203.0.113.9;proto=https;host=evil.example",
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example",
      "x-real-ip": "203.0.113.9",
      "cf-connecting-ip": "203.0.113.9",
    };
    const address = name === "socket" ? "127.0.0.1" : null;
    await t("GET /", { headers }).expect(200, { address, protocol: "http", host: new URL(t.origin).host });
  });

  test("a trusted peer is", async () => {
    await using t = await testApp(appWith({ trust: ["loopback", "platform"] }));
    const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
    await t("GET /", { headers }).expect(200, { address: "203.0.113.9", protocol: "https" });
  });
});

test("a Unix socket has no address, and is trusted by its name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "client-"));
  const path = join(folder, "s");
  const seen = async (options: ProxyOptions | undefined): Promise<Client> => {
    const server = await serve(appWith(options), { socket: path, signals: false });
    try {
      return await new Promise<Client>((resolve, reject) => {
        request({ socketPath: path, headers: { "x-forwarded-for": "203.0.113.9", connection: "close" } }, (answer) => {
          answer.setEncoding("utf8");
          answer.on("data", (text: string) => resolve(JSON.parse(text) as Client));
        })
          .on("error", reject)
          .end();
      });
    } finally {
      await server.close();
    }
  };
  expect(await seen(undefined)).toMatchObject({ address: null });
  expect(await seen({ trust: ["loopback", "private", "platform"] })).toMatchObject({ address: null });
  expect(await seen({ trust: ["unix"] })).toMatchObject({ address: "203.0.113.9" });
  await rm(folder, { recursive: true });
});

test.each([
  ["an absolute target", "POST http://Desk.Example:81/ HTTP/1.1\r\nhost: other.example", "desk.example:81"],
  ["a host", "POST / HTTP/1.1\r\nhost: Desk.Example", "desk.example"],
  ["no host", "POST / HTTP/1.0", null],
])("a request with %s names that one, and keeps its body", async (_what, head, host) => {
  const app = createApp();
  app.post("/", { use: [client], body: text() }, ({ client, body }) => [client.host ?? null, body]);
  const server = await serve(app, { port: 0, signals: false });
  const socket = connect(server.port, "127.0.0.1");
  socket.write(`${head}\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbody`);
  let received = "";
  for await (const chunk of socket) received += String(chunk);
  expect(received).toContain(`\r\n\r\n${JSON.stringify([host, "body"])}`);
  await server.close();
});

describe("X-Forwarded-For", () => {
  const app = appWith({ trust: ["10.0.0.0/8", "2001:db8:1::/48"], host: "x-forwarded-host" });

  test.each([
    ["the peer, if it is not trusted", "192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["the peer, if there is no header", "10.0.0.1", undefined, "10.0.0.1"],
    ["the peer, if the header is empty", "10.0.0.1", " , ,", "10.0.0.1"],
    ["the last element", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["not what a client put in front", "10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"],
    ["not even an address that is trusted", "10.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["through several trusted hops", "10.0.0.1", "203.0.113.9, 10.0.0.3, 10.0.0.2", "203.0.113.9"],
    ["the first of all, if all are trusted", "10.0.0.1", "10.0.0.4, 10.0.0.3", "10.0.0.4"],
    ["through IPv6", "2001:DB8:1::5", "2001:db8:2::1, 2001:db8:1::6", "2001:db8:2::1"],
    ["of a mapped peer", "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["of a peer with a zone", "fe80::1%eth0", "203.0.113.9", "fe80::1"],
    ["in canonical form", "10.0.0.1", "::FFFF:203.0.113.9", "203.0.113.9"],
    ["without a port", "10.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
    ["without brackets", "10.0.0.1", "[2001:db8:2:0::1]", "2001:db8:2::1"],
    ["without brackets and a port", "10.0.0.1", "[2001:db8:2::1]:4711", "2001:db8:2::1"],
    ["with spaces and tabs around", "10.0.0.1", "\t203.0.113.9 ,\t10.0.0.2  ", "203.0.113.9"],
    ["without empty elements", "10.0.0.1", ",203.0.113.9,,10.0.0.2,", "203.0.113.9"],
    ["whatever stands left of it", "10.0.0.1", `<script>, ${"x,".repeat(500)} 203.0.113.9`, "203.0.113.9"],
    ["nobody, if a proxy hides it", "10.0.0.1", "unknown", null],
    ["nobody, if a proxy gives it a name", "10.0.0.1", "203.0.113.9, _hidden", null],
  ])("gives %s", async (_what, peer, header, address) => {
    const answer = await ask(app, peer, header === undefined ? {} : { "x-forwarded-for": header });
    expect(answer).toMatchObject({ status: 200, client: { address } });
  });

  test.each([
    ["an octal number", "0177.0.0.1"],
    ["a short form", "127.1"],
    ["a number", "2130706433"],
    ["a zone", "fe80::1%eth0"],
    ["a name", "localhost"],
    ["quotes", '"203.0.113.9"'],
    ["two ports", "203.0.113.9:1:2"],
    ["a port without an address", ":80"],
    ["IPv4 in brackets", "[203.0.113.9]"],
    ["an open bracket", "[2001:db8::1"],
    ["spaces within", "203.0. 113.9"],
    ["too many trusted hops", Array.from({ length: 33 }, () => "10.0.0.2").join()],
  ])("is malformed where the walk meets %s", async (_what, header) => {
    expect(await ask(app, "10.0.0.1", { "x-forwarded-for": header })).toMatchObject({ status: 400 });
    expect(await ask(app, "192.0.2.1", { "x-forwarded-for": header })).toMatchObject({ status: 200 });
  });

  test("a header that is there twice is one list", async () => {
    const headers = new Headers([
      ["x-forwarded-for", "198.51.100.7"],
      ["x-forwarded-for", "203.0.113.9"],
    ]);
    const answer = await app.fetch(new Request("http://app.example/", { headers }), from("10.0.0.1"));
    expect(await answer.json()).toMatchObject({ address: "203.0.113.9" });
  });

  test.each([
    ["of the only element", "203.0.113.9, 10.0.0.2", "HTTPS", "https"],
    ["of the same hop", "203.0.113.9, 10.0.0.2", "https, http", "https"],
    ["of the nearest hop, not of what a client sent", "203.0.113.9", "https, http", "http"],
    ["of the connection, if it is no protocol", "203.0.113.9", "gopher", "http"],
    ["of the connection, if there is none", "203.0.113.9", "", "http"],
  ])("the protocol is that %s", async (_what, list, protocols, protocol) => {
    const headers = { "x-forwarded-for": list, "x-forwarded-proto": protocols };
    expect(await ask(app, "10.0.0.1", headers)).toMatchObject({ client: { protocol } });
  });

  test.each([
    ["Desk.Example:8443", "desk.example:8443"],
    ["[2001:db8::1]:80", "[2001:db8::1]:80"],
    ["evil.example/path", "app.example"],
    ["user@evil.example", "app.example"],
    ["a b", "app.example"],
    ["", "app.example"],
  ])("the host %j is %s", async (given, host) => {
    expect(await ask(app, "10.0.0.1", { "x-forwarded-host": given })).toMatchObject({ client: { host } });
    expect(await ask(app, "192.0.2.1", { "x-forwarded-host": given })).toMatchObject({
      client: { host: "app.example" },
    });
  });

  test("the host and another header are not believed unless they are named", async () => {
    const plain = appWith({ trust: ["10.0.0.0/8"] });
    const headers = { "x-forwarded-host": "evil.example", forwarded: "for=198.51.100.7;host=evil.example" };
    expect(await ask(plain, "10.0.0.1", headers)).toMatchObject({
      client: { address: "10.0.0.1", host: "app.example" },
    });
  });
});

describe("Forwarded (RFC 7239)", () => {
  const app = appWith({ trust: ["10.0.0.0/8"], header: "forwarded" });

  test.each([
    ["for=203.0.113.9", { address: "203.0.113.9" }],
    ['For="203.0.113.9:4711"', { address: "203.0.113.9" }],
    ['for="[2001:db8:cafe::17]:4711"', { address: "2001:db8:cafe::17" }],
    ['for="[2001:db8:cafe::17]:_port"', { address: "2001:db8:cafe::17" }],
    ['for="\\2\\03.0.113.9"', { address: "203.0.113.9" }],
    [
      "for=203.0.113.9;proto=https;by=10.0.0.1;host=desk.example",
      { address: "203.0.113.9", protocol: "https", host: "desk.example" },
    ],
    ["for=203.0.113.9 ; proto=https , , for=10.0.0.2;proto=http", { address: "203.0.113.9", protocol: "https" }],
    ["for=198.51.100.7;proto=https, for=203.0.113.9", { address: "203.0.113.9", protocol: "http" }],
    ['for=198.51.100.7;ext="a,b;for=1.1.1.1", for=203.0.113.9', { address: "203.0.113.9" }],
    ["for=127.1, for=203.0.113.9", { address: "203.0.113.9" }],
    ["for=unknown", { address: null }],
    ['for="_gazonk"', { address: null }],
    ["proto=https", { address: null, protocol: "https" }],
    ["", { address: "10.0.0.1" }],
  ])("%s", async (forwarded, expected) => {
    expect(await ask(app, "10.0.0.1", { forwarded })).toMatchObject({ status: 200, client: expected });
  });

  test.each([
    "for",
    "for=",
    "for=[2001:db8::1]",
    "for=2001:db8::1",
    'for="2001:db8::1"',
    'for="203.0.113.9',
    'for="a", for="203.0.113.9',
    "for=203.0.113.9;for=198.51.100.7",
    "for=203.0.113.9 proto=https",
    "for =203.0.113.9",
    "for=0177.0.0.1",
    'for=""',
    "203.0.113.9",
  ])("%s is malformed", async (forwarded) => {
    expect(await ask(app, "10.0.0.1", { forwarded })).toMatchObject({ status: 400 });
  });
});

describe("a header with one address", () => {
  const app = appWith({ trust: ["platform"], header: "CF-Connecting-IP" });

  test("is believed of a platform that names no peer", async () => {
    expect(await ask(app, undefined, { "cf-connecting-ip": "2001:DB8::7" })).toMatchObject({
      client: { address: "2001:db8::7" },
    });
  });

  test("is not believed of a peer that is not trusted", async () => {
    expect(await ask(app, "192.0.2.1", { "cf-connecting-ip": "203.0.113.9" })).toMatchObject({
      client: { address: "192.0.2.1" },
    });
  });

  test.each(["203.0.113.9, 198.51.100.7", "x"])("%s is malformed", async (header) => {
    expect(await ask(app, undefined, { "cf-connecting-ip": header })).toMatchObject({ status: 400 });
  });
});

test("whatever a client puts in front of its own address, the client is that address", async () => {
  const apps = {
    "x-forwarded-for": appWith({ trust: ["private"] }),
    forwarded: appWith({ trust: ["private"], header: "forwarded" }),
  };
  const printable = fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:,;=[]"\\ _forunkw%') });
  await fc.assert(
    fc.asyncProperty(
      printable,
      fc.ipV4().filter((address) => !/^(?:10|172|192)\./.test(address)),
      async (given, address) => {
        const list = await ask(apps["x-forwarded-for"], "10.0.0.1", { "x-forwarded-for": `${given}, ${address}` });
        expect(list.client.address).toBe(address);
        // A list of quoted texts has to be read from its start: what a client breaks is its own request.
        const elements = await ask(apps.forwarded, "10.0.0.1", { forwarded: `${given}, for=${address}` });
        if (elements.status !== 400) expect(elements.client.address).toBe(address);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  [{ trust: ["10.0.0.1/8"] }, /OS_INVALID_ADDRESS: behindProxies\(\{ trust \}\)/],
  [{ trust: ["loopbak"] }, /OS_INVALID_ADDRESS/],
  [
    { trust: "loopback" as unknown as [] },
    /OS_INVALID_ADDRESS: behindProxies\(\{ trust \}\) is "loopback", and no list/,
  ],
  [{ trust: 1 as unknown as [] }, /OS_INVALID_ADDRESS/],
  [{ trust: [], header: "x forwarded for" }, /OS_PROXY_HEADER/],
  [{ trust: [], protocol: "" }, /OS_PROXY_HEADER/],
  [{ trust: [], host: "a:b" }, /OS_PROXY_HEADER/],
] as const)("%j is refused where it is written", (options, code) => {
  expect(() => behindProxies(options)).toThrow(code);
});
