import { createServer } from "node:net";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ListenError, serve, type ServeOptions } from "../src/index.ts";
import { appOf, text } from "./app.ts";
import { startChild } from "./child.ts";
import { start } from "./harness.ts";
import { rawClient, request } from "./raw.ts";

const app = appOf(() => text("hello"));

async function failure(options: ServeOptions): Promise<ListenError> {
  const error: unknown = await serve(app, { signals: false, ...options }).then(
    (server) => server.close().then(() => new Error("It listened")),
    (reason: unknown) => reason,
  );
  if (error instanceof ListenError) return error;
  throw error;
}

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "openspeed-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("an address that cannot be listened on is one line with the mend", () => {
  test("a port in use", async () => {
    const { port } = await start(app);
    const error = await failure({ port });
    expect(error.code).toBe("OS_PORT_IN_USE");
    expect(error.message).toBe(
      `OS_PORT_IN_USE: port ${port} on localhost is already in use; stop what listens there, or choose another port.`,
    );
  });

  test.each([
    ["a name that does not resolve", { hostname: "no-such-host.invalid" }, "OS_HOST_UNKNOWN"],
    ["another machine's address", { hostname: "192.0.2.1" }, "OS_HOST_UNKNOWN"],
    ["a port that is none", { port: 65_536 }, "OS_PORT_INVALID"],
    ["a port that is no number", { port: Number.NaN }, "OS_PORT_INVALID"],
    ["workers that are no count", { workers: 0 }, "OS_WORKERS_INVALID"],
    ["a grace that is no duration", { grace: "ten seconds" as "10s" }, "OS_SHUTDOWN_INVALID"],
    ["a silence that is no duration", { quiet: -1 }, "OS_SHUTDOWN_INVALID"],
  ])("%s", async (_name, options, code) => {
    const error = await failure({ port: 0, ...options });
    expect(error.code).toBe(code);
    expect(error.message).not.toContain("\n");
  });

  test("a socket in a folder that does not exist", async () => {
    expect((await failure({ socket: join(folder, "none", "app.sock") })).code).toMatch(
      /^OS_(SOCKET_INVALID|PORT_DENIED)$/,
    );
  });

  test("workers on a port in use", async () => {
    const { port } = await start(app);
    const child = await startChild({ port, workers: 2 });
    expect(child.line).toMatch(/^OS_PORT_IN_USE: /);
    expect((await child.exit).code).toBe(2);
  });
});

describe("a Unix socket", () => {
  test("is served, and removed at close", async () => {
    const socket = join(folder, "app.sock");
    const server = await start(app, { socket });
    expect([server.url, server.port]).toEqual([`unix:${socket}`, 0]);
    const client = rawClient(socket);
    client.send(request("GET /", ["connection: close"]));
    expect(await client.end()).toMatch(/hello$/);
    client.socket.destroy();
    await server.close();
    await expect(stat(socket)).rejects.toThrow("ENOENT");
  });

  test("that a crashed server left behind is replaced, one in use is not", async () => {
    const socket = join(folder, "app.sock");
    const child = await startChild({ socket });
    expect((await failure({ socket })).code).toBe("OS_PORT_IN_USE");
    child.process.kill("SIGKILL");
    await child.exit;
    await stat(socket);
    const server = await start(app, { socket });
    expect(server.url).toBe(`unix:${socket}`);
  });
});

test("port 0 takes a free port, and the URL names it", async () => {
  const server = await start(app);
  expect(server.url).toBe(`http://localhost:${server.port}`);
  expect(await (await fetch(server.url)).text()).toBe("hello");
});

test.each([
  ["0.0.0.0", "localhost"],
  ["127.0.0.1", "127.0.0.1"],
])("hostname %s is shown as %s", async (hostname, shown) => {
  const server = await start(app, { hostname });
  expect(server.url).toBe(`http://${shown}:${server.port}`);
});

test("port 3000 is the default", async () => {
  const taken = createServer();
  await new Promise((resolve) => {
    taken.once("error", resolve);
    taken.listen(3000, "127.0.0.1", () => resolve(undefined));
  });
  expect((await failure({})).message).toContain("port 3000 on localhost");
  taken.close();
});
