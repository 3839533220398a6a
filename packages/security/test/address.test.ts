import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../src/address.ts";
import { inRanges } from "../src/ranges.ts";

const octet = fc.nat(255);
const ipv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join("."));
const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
const groups = fc.array(group, { minLength: 8, maxLength: 8 });
/** An address in one of the spellings that RFC 4291 §2.2 allows. */
const ipv6 = fc
  .tuple(groups, fc.nat(7), fc.nat(8), fc.boolean(), fc.boolean(), fc.boolean())
  .map(([all, from, length, upper, padded, dotted]) => {
    const texts = all.map((value) => value.toString(16).padStart(padded ? 4 : 1, "0"));
    if (dotted) {
      const [high = 0, low = 0] = all.slice(6);
      texts.splice(6, 2, `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`);
    }
    const end = Math.min(from + length, dotted ? 6 : 8);
    const zeros = end > from && all.slice(from, end).every((value) => value === 0);
    const text = zeros ? `${texts.slice(0, from).join(":")}::${texts.slice(end).join(":")}` : texts.join(":");
    return upper ? text.toUpperCase() : text;
  });

/** What the platform makes of an address: the URL standard writes IPv6 as RFC 5952 does. */
function platformText(text: string): string {
  if (isIPv4(text)) return text;
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(canonical);
  if (mapped === null) return canonical;
  const [high = 0, low = 0] = mapped.slice(1).map((digits) => Number.parseInt(digits, 16));
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

describe("an address", () => {
  test("has one form, the platform's, however it is spelt", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (text) => {
        expect(parseAddress(text)?.text).toBe(platformText(text));
      }),
      { numRuns: 5000 },
    );
  });

  test("in its form reads as itself", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (text) => {
        const address = parseAddress(text);
        expect(parseAddress(address?.text ?? "")).toEqual(address);
      }),
    );
  });

  test("is what the platform takes for one, but for zones", () => {
    const parts = fc.constantFrom(
      "0",
      "1",
      "7",
      "f",
      "ff",
      "255",
      "256",
      "0177",
      "0x7f",
      "1.2.3.4",
      ":",
      "::",
      ".",
      "%1",
      " ",
      "ffff",
    );
    const texts = fc.oneof(
      fc.array(parts, { maxLength: 12 }).map((all) => all.join("")),
      fc
        .tuple(fc.oneof(ipv4, ipv6), fc.nat(), parts)
        .map(([text, at, part]) => text.slice(0, at % 40) + part + text.slice(at % 40)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const platform = !text.includes("%") && isIP(text) !== 0;
        expect([text, parseAddress(text) !== undefined]).toEqual([text, platform]);
      }),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ["::ffff:127.0.0.1", "127.0.0.1"],
    ["::FFFF:7f00:1", "127.0.0.1"],
    ["0:0:0:0:0:ffff:127.0.0.1", "127.0.0.1"],
    ["::127.0.0.1", "::7f00:1"],
    ["2001:DB8::0001", "2001:db8::1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:3:0:0:4", "1::2:3:0:0:4"],
    ["1:2:3:4:5:6:0:8", "1:2:3:4:5:6:0:8"],
    ["::", "::"],
  ])("%s is %s", (text, canonical) => {
    expect(parseAddress(text)?.text).toBe(canonical);
  });

  test.each([
    "0177.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0x7f000001",
    "127.0.0.01",
    "::ffff:0177.0.0.1",
    "::ffff:127.1",
    "127.0.0.1 ",
    " 127.0.0.1",
    "127.0.0.1\n",
    "127.0.0.1\0",
    "127.0.0.1.",
    "127.0.0.256",
    "1.2.3.4.5",
    "1.2.3",
    "",
    "localhost",
    "１２７.0.0.1",
    "fe80::1%eth0",
    "[::1]",
    "::1]",
    "1::2::3",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "12345::",
    "g::",
    "1.2.3.4::",
    "::1.2.3.4:5",
    ":1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    "127.0.0.1:80",
    "127.0.0.1/32",
    `${"0".repeat(50)}::1`,
  ])("%j is none", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe("a range", () => {
  test("has the addresses that the platform says are in it", () => {
    const range = fc.oneof(
      fc.tuple(ipv4, fc.nat(32), fc.constant("ipv4" as const)),
      fc.tuple(
        ipv6.filter((text) => platformText(text).includes(":")),
        fc.nat(128),
        fc.constant("ipv6" as const),
      ),
    );
    fc.assert(
      fc.property(range, fc.array(fc.oneof(ipv4, ipv6), { maxLength: 5 }), ([base, bits, family], others) => {
        const network = firstOf(base, bits);
        const list = new BlockList();
        list.addSubnet(network, bits, family);
        const isIn = inRanges([`${network}/${bits}`], "test");
        for (const text of [base, network, ...others]) {
          const canonical = platformText(text);
          const address = parseAddress(text);
          expect(address).toBeDefined();
          if (address === undefined) continue;
          const sameFamily = isIPv6(canonical) === (family === "ipv6");
          expect([text, isIn(address)]).toEqual([text, sameFamily && list.check(canonical, family)]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [
      "private",
      ["10.1.2.3", "172.31.255.255", "192.168.0.1", "fd00::1", "::ffff:10.0.0.1"],
      ["172.32.0.0", "11.0.0.0", "fe80::1"],
    ],
    ["loopback", ["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"], ["128.0.0.1", "::2", "::"]],
    ["linklocal", ["169.254.1.1", "fe80::1", "febf::1"], ["169.255.0.1", "fec0::1"]],
    ["::ffff:10.0.0.0/104", ["10.1.2.3"], ["11.0.0.0", "::10.1.2.3"]],
    ["2001:db8::/32", ["2001:db8:ffff::1"], ["2001:db9::1"]],
    ["0.0.0.0/0", ["1.2.3.4"], ["::1"]],
    ["192.0.2.7", ["192.0.2.7"], ["192.0.2.6"]],
  ])("%s", (range, inside, outside) => {
    const isIn = inRanges([range], "test");
    const judge = (text: string): boolean => {
      const address = parseAddress(text);
      return address !== undefined && isIn(address);
    };
    expect(inside.filter((text) => !judge(text))).toEqual([]);
    expect(outside.filter(judge)).toEqual([]);
  });

  test.each([
    ["10.0.0.0/33", /0 to 32/],
    ["10.0.0.1/8", /10\.0\.0\.0\/8 for the range, or 10\.0\.0\.1 for the address/],
    ["10.0.0.0/08", /no address and no range/],
    ["10.0.0.0/", /no address and no range/],
    ["10.0.0.0/-1", /no address/],
    ["10/8", /no address/],
    ["10.0.0.0/255.0.0.0", /no address/],
    ["2001:db8::/129", /0 to 128/],
    ["::ffff:10.0.0.0/8", /96 to 128/],
    ["public", /loopback, private, linklocal/],
    ["constructor", /no address/],
  ])("%s is refused where it is written", (range, why) => {
    expect(() => inRanges([range], "trust")).toThrow(/OS_INVALID_ADDRESS: trust has/);
    expect(() => inRanges([range], "trust")).toThrow(why);
  });
});

/** The network's first address, by arithmetic on one big number instead of on groups. */
function firstOf(text: string, bits: number): string {
  if (isIPv4(text)) {
    const value = text.split(".").reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
    const network = (value >> BigInt(32 - bits)) << BigInt(32 - bits);
    return [24n, 16n, 8n, 0n].map((shift) => String((network >> shift) & 255n)).join(".");
  }
  const value = (parseAddress(text)?.groups ?? []).reduce((sum, each) => (sum << 16n) + BigInt(each), 0n);
  const network = (value >> BigInt(128 - bits)) << BigInt(128 - bits);
  const hex = network.toString(16).padStart(32, "0");
  return new URL(`http://[${hex.match(/.{4}/g)?.join(":") ?? ""}]/`).hostname.slice(1, -1);
}
