import { serve } from "@openspeed/adapter-node";
import { createApp, graph } from "@openspeed/core";
import { transports } from "@openspeed/testing";
import { describe, expect, test } from "vitest";
import { behindProxies, client, ipList, type IpListOptions, networkOf } from "../src/index.ts";

/** Whether a client of this address may call, told by a header that the platform sets. */
async function passes(options: IpListOptions, address: string): Promise<boolean> {
  const app = createApp({ bind: [client.to(behindProxies({ trust: ["platform"], header: "x-real-ip" }))] });
  app.get("/", { use: [ipList(options)] }, () => "in");
  const answer = await app.fetch(new Request("http://localhost/", { headers: { "x-real-ip": address } }));
  if (answer.status !== 200) expect(await answer.json()).toMatchObject({ status: 403, name: "addressRefused" });
  return answer.status === 200;
}

describe("who may call", () => {
  test.each<[IpListOptions, string, boolean]>([
    [{ allow: ["private"] }, "10.1.2.3", true],
    [{ allow: ["private"] }, "::ffff:10.1.2.3", true],
    [{ allow: ["private"] }, "203.0.113.9", false],
    [{ allow: [] }, "203.0.113.9", false],
    [{ deny: ["203.0.113.0/24"] }, "203.0.113.9", false],
    [{ deny: ["203.0.113.0/24"] }, "::ffff:cb00:7109", false],
    [{ deny: ["203.0.113.0/24"] }, "203.0.114.9", true],
    [{ allow: ["private"], deny: ["10.6.0.0/16"] }, "10.6.1.1", false],
    [{ allow: ["private"], deny: ["10.6.0.0/16"] }, "10.7.1.1", true],
    // Translated and tunnelled IPv4: who is denied stays so, who is allowed is only whom the list names.
    [{ deny: ["203.0.113.9"] }, "64:ff9b::203.0.113.9", false],
    [{ deny: ["203.0.113.9"] }, "2002:cb00:7109::1", false],
    [{ allow: ["loopback", "private"] }, "2002:7f00:1::1", false],
    [{ allow: ["10.0.0.0/8"] }, "64:ff9b::10.0.0.1", false],
    [{ allow: ["0.0.0.0/0"] }, "2001:db8::1", false],
    [{ allow: ["2001:db8::/32"] }, "2001:DB8:0:0::1", true],
  ])("%j, %s: %s", async (options, address, expected) => {
    expect(await passes(options, address)).toBe(expected);
  });

  test.each([{ allow: ["private"] }, { deny: ["203.0.113.9"] }])(
    "%j refuses a client whose address nobody tells",
    async (options) => {
      const app = createApp();
      app.get("/", { use: [ipList(options)] }, () => "in");
      const answer = await app.fetch(new Request("http://localhost/"));
      expect(await answer.json()).toMatchObject({
        name: "addressRefused",
        detail: "The client's address is not known.",
      });
    },
  );
});

describe.each(transports(serve))("by $name", ({ name, testApp }) => {
  test("the peer is judged", async () => {
    const app = createApp();
    app.group("/in", [ipList({ allow: ["loopback"] })]).get("/", () => "in");
    app.group("/out", [ipList({ deny: ["loopback"] })]).get("/", () => "in");
    await using t = await testApp(app);
    if (name === "socket") await t("GET /in").expect(200);
    else await t("GET /in").expectProblem("addressRefused");
    await t("GET /out").expectProblem("addressRefused");
  });

  test("a test says who is calling", async () => {
    const app = createApp();
    app.get("/", { use: [ipList({ allow: ["203.0.113.9"] })] }, () => "in");
    const caller = { address: "203.0.113.9", protocol: "https", host: undefined } as const;
    await using t = await testApp(app, { override: [client.with(caller)] });
    await t("GET /").expect(200);
  });
});

test("it is a policy, and its problem is declared", async () => {
  const app = createApp({ strict: true });
  app.get("/", { use: [ipList({ allow: ["private"], deny: ["10.6.0.0/16"] })] }, () => "in");
  await app.ready();
  const [route] = (await graph(app)).routes;
  expect(route?.policies).toEqual([{ kind: "ipList", allow: ["private"], deny: ["10.6.0.0/16"] }]);
  expect(route?.problems["addressRefused"]).toEqual({ status: 403, title: "This address may not call this" });
});

test.each([
  [{}, /OS_IP_LIST_EMPTY/],
  [{ deny: [] }, /OS_IP_LIST_EMPTY/],
  [
    { allow: "private" as unknown as [] },
    /OS_INVALID_ADDRESS: .* is "private", and no list. Write \["10\.0\.0\.0\/8"\]/,
  ],
  [{ allow: ["10.0.0.1/8"] }, /OS_INVALID_ADDRESS: ipList\(\{ allow \}\)/],
  [{ deny: ["unix"] }, /OS_INVALID_ADDRESS: ipList\(\{ deny \}\)/],
])("%j is refused where it is written", (options, code) => {
  expect(() => ipList(options)).toThrow(code);
});

describe("the network that is one client", () => {
  test.each([
    ["203.0.113.9", undefined, "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::", undefined, "2001:db8:1:2::/64"],
    ["2001:db8:1:2ff:3:4:5:6", 56, "2001:db8:1:200::/56"],
    ["64:ff9b::203.0.113.9", undefined, "203.0.113.9"],
    ["2002:cb00:7109:ffff::1", undefined, "203.0.113.9"],
  ])("of %s (%s bits) is %s", (address, ipv6, network) => {
    expect(networkOf({ address }, ipv6 === undefined ? {} : { ipv6 })).toBe(network);
  });

  test("of nobody is an error, and so is a length that cannot be", () => {
    expect(() => networkOf({ address: undefined })).toThrow(/OS_CLIENT_UNKNOWN/);
    expect(() => networkOf({ address: "::1" }, { ipv6: 129 })).toThrow(/OS_INVALID_LIMIT/);
    expect(() => networkOf({ address: "::1" }, { ipv6: 0 })).toThrow(/OS_INVALID_LIMIT/);
  });
});
