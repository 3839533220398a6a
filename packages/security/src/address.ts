/**
 * IP addresses in one canonical form, so that no two spellings of an address are judged differently. Read as RFC 4291 §2.2
 * and RFC 6943 §3.1.1 have them and in no looser way: what `inet_aton` would guess (`0177.0.0.1`, `127.1`, `2130706433`,
 * `0x7f.1`) is no address here.
 */

export interface Address {
  /** As RFC 5952 writes it. */
  readonly text: string;
  /** Groups of 16 bits: two of IPv4, eight of IPv6. */
  readonly groups: readonly number[];
}

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const HEX = /^[0-9a-f]{1,4}$/i;
/** `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255` is the longest. */
const LONGEST = 45;

/** Connections are kept and clients come back, so most texts have just been read. */
const readBefore = new Map<string, Address | undefined>();
const MOST_READ = 1000;

/** An address, `undefined` for what is none. An IPv4-mapped one (`::ffff:192.0.2.1`) is the IPv4 address that it carries. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > LONGEST) return undefined;
  let address = readBefore.get(text);
  if (address !== undefined || readBefore.has(text)) return address;
  address = read(text);
  if (readBefore.size === MOST_READ) readBefore.clear();
  readBefore.set(text, address);
  return address;
}

function read(text: string): Address | undefined {
  const groups = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  return groups && addressOf(isMapped(groups) ? groups.slice(6) : groups);
}

export function addressOf(groups: readonly number[]): Address {
  return { groups, text: groups.length === 2 ? ipv4Text(groups) : ipv6Text(groups) };
}

/** `::ffff:0:0/96` (RFC 4291 §2.5.5.2): how a socket for both families shows IPv4. */
function isMapped(groups: readonly number[]): boolean {
  return groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

/** The IPv4 address that a translated or tunnelled one stands for: NAT64 (RFC 6052 §2.1) and 6to4 (RFC 3056 §2). */
export function carriedIpv4({ groups }: Address): Address | undefined {
  if (groups.length === 2) return undefined;
  const nat64 = groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  if (nat64) return addressOf(groups.slice(6));
  return groups[0] === 0x2002 ? addressOf(groups.slice(1, 3)) : undefined;
}

function parseIpv4(text: string): number[] | undefined {
  if (!IPV4.test(text)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  const [head, tail] = halves.map((half, i) => groupsOf(half, i === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  // `::` stands for at least one group.
  if (halves.length > 2 || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** Groups between colons; at the end of an address the last two may be written as IPv4. */
function groupsOf(text: string, atEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const embedded = atEnd && i === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (embedded !== undefined) groups.push(...embedded);
    else if (HEX.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function ipv4Text([high = 0, low = 0]: readonly number[]): string {
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** Lower case, without leading zeros, the first of the longest runs of two and more zeros as `::` (RFC 5952 §4). */
function ipv6Text(groups: readonly number[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const texts = groups.map((group) => group.toString(16));
  if (best.length === 1) return texts.join(":");
  return `${texts.slice(0, best.start).join(":")}::${texts.slice(best.start + best.length).join(":")}`;
}
