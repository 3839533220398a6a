import { type Address, addressOf, parseAddress } from "./address.ts";
import { listOf, wrongOption } from "./wrong-option.ts";

/** Ranges by name. */
const NAMED = {
  /** This machine. */
  loopback: ["127.0.0.0/8", "::1/128"],
  /** Networks that nobody routes (RFC 1918, RFC 4193). */
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
  /** The same link (RFC 3927, RFC 4291 §2.5.6). */
  linklocal: ["169.254.0.0/16", "fe80::/10"],
} as const;

export type RangeName = keyof typeof NAMED;

/** An address, a range in CIDR notation (RFC 4632 §3.1), or a range's name. */
export type Range = RangeName | (string & {});

interface Prefix {
  readonly groups: readonly number[];
  readonly bits: number;
}

/**
 * A test for ranges, made once.
 *
 * @param where the option, for the error
 * @throws TypeError `OS_INVALID_ADDRESS` for what is no range
 */
export function inRanges(ranges: readonly Range[], where: string): (address: Address) => boolean {
  const prefixes = listOf(ranges, "OS_INVALID_ADDRESS", where, '["10.0.0.0/8"]').flatMap((range) =>
    (isName(range) ? NAMED[range] : [range]).map((text) => parsePrefix(text, where)),
  );
  return (address) => prefixes.some((prefix) => contains(prefix, address));
}

/** The first address of the network that an address is in. */
export function networkAddress({ groups }: Address, bits: number): Address {
  return addressOf(groups.map((group, i) => group & maskOf(bits - 16 * i)));
}

function isName(range: Range): range is RangeName {
  return Object.hasOwn(NAMED, range);
}

function parsePrefix(text: string, where: string): Prefix {
  const [, base = "", length] = /^([^/]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = parseAddress(base);
  if (address === undefined)
    throw wrongOption(
      "OS_INVALID_ADDRESS",
      `${where} has ${JSON.stringify(text)}, which is no address and no range.`,
      `Write it as 192.0.2.1, 10.0.0.0/8, 2001:db8::/32, or one of ${Object.keys(NAMED).join(", ")}.`,
    );
  const { groups } = address;
  const width = groups.length * 16;
  // A mapped range says its length in the bits of IPv6.
  const mapped = base.includes(":") && width === 32;
  const bits = length === undefined ? width : Number(length) - (mapped ? 96 : 0);
  if (bits < 0 || bits > width)
    throw wrongOption(
      "OS_INVALID_ADDRESS",
      `${where} has ${JSON.stringify(text)}, whose length cannot be.`,
      `Give ${mapped ? "96 to 128" : `0 to ${width}`}.`,
    );
  const network = networkAddress(address, bits);
  if (network.text !== address.text)
    throw wrongOption(
      "OS_INVALID_ADDRESS",
      `${where} has ${JSON.stringify(text)}, which goes on behind its first ${bits} bits.`,
      `Write ${network.text}/${bits} for the range, or ${address.text} for the address.`,
    );
  return { groups, bits };
}

function contains({ groups, bits }: Prefix, address: Address): boolean {
  return (
    groups.length === address.groups.length &&
    groups.every((group, i) => ((address.groups[i] ?? 0) & maskOf(bits - 16 * i)) === group)
  );
}

/** The mask of one group, of which so many bits count. */
function maskOf(bits: number): number {
  return bits >= 16 ? 0xffff : bits <= 0 ? 0 : (0xffff << (16 - bits)) & 0xffff;
}
