import { type Declared, type Incoming, kernelError, provide, type Provider } from "@openspeed/core";
import { type Address, parseAddress } from "./address.ts";
import { type Client, connected, validHost } from "./client.ts";
import { elementsFromRight, type Hop, parseForwarded, parseHop } from "./forwarded.ts";
import { inRanges, type Range } from "./ranges.ts";
import { listOf, wrongOption } from "./wrong-option.ts";

export interface ProxyOptions {
  /**
   * Whose word is believed: addresses, ranges (`"10.0.0.0/8"`), `"loopback"`, `"private"`, `"linklocal"`; `"unix"` for whoever
   * connects to a Unix socket; `"platform"` for what stands in front of an app on platforms that name no peer (Workers, functions).
   */
  readonly trust: readonly (Range | "unix" | "platform")[];
  /**
   * The one header that tells the client's address. Default `"x-forwarded-for"`. `"forwarded"` is RFC 7239's; any other is one
   * that holds a single address, such as `"cf-connecting-ip"`. Name the one that your proxy sets: any other comes from clients.
   */
  readonly header?: "x-forwarded-for" | "forwarded" | (string & {});
  /** The header that tells the client's protocol. Default: `Forwarded`'s own `proto`, else `"x-forwarded-proto"`; `false` for none. */
  readonly protocol?: string | false;
  /** The header that tells the host that the client asked for. Default: `Forwarded`'s own `host`, else none. */
  readonly host?: string | false;
}

/** More hops than any request has; a list that goes on is made to be long. */
const MOST_HOPS = 32;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** The options, read. */
interface Rules {
  readonly header: string;
  /** `undefined` for none; with `Forwarded`, for its own. */
  readonly protocol: string | undefined;
  readonly host: string | undefined;
  readonly trusted: (address: Address) => boolean;
  readonly unix: boolean;
  readonly platform: boolean;
}

/** Where a chain of hops leads: to the client, of whom the element tells that is so many from the right. */
interface Way {
  readonly address: string | undefined;
  readonly fromRight: number;
}

/**
 * The client of a request that came through proxies: bound once, for everything that asks. The header is believed if the
 * peer is trusted, and read from the right: each hop that is trusted itself vouches for the one before it, and the first that
 * is not is the client, whatever stands left of it.
 *
 * Answers 400 `malformed` where what a trusted hop passed on cannot be read.
 *
 * @throws TypeError `OS_INVALID_ADDRESS`, `OS_PROXY_HEADER`
 * @example
 * createApp({ bind: [client.to(behindProxies({ trust: ["loopback", "10.0.0.0/8"] }))] });
 */
export function behindProxies(options: ProxyOptions): Provider<"client", Client, Declared<{}, []>> {
  const rules = readRules(options);
  const tell = rules.header === "forwarded" ? byForwarded : byList;
  return provide("client", {}, ({ incoming }) => {
    const own = connected(incoming);
    return isTrustedPeer(rules, incoming, own.address) ? tell(rules, incoming, own) : own;
  });
}

function readRules({ trust, header = "x-forwarded-for", protocol, host = false }: ProxyOptions): Rules {
  listOf(trust, "OS_INVALID_ADDRESS", "behindProxies({ trust })", '["loopback"]');
  const usual = header.toLowerCase() === "forwarded" ? false : "x-forwarded-proto";
  return {
    header: headerName(header),
    protocol: optionalName(protocol ?? usual),
    host: optionalName(host),
    trusted: inRanges(
      trust.filter((range) => range !== "unix" && range !== "platform"),
      "behindProxies({ trust })",
    ),
    unix: trust.includes("unix"),
    platform: trust.includes("platform"),
  };
}

function isTrustedPeer({ trusted, unix, platform }: Rules, { peer }: Incoming, address: string | undefined): boolean {
  if (peer === undefined) return platform;
  const parsed = parseAddress(address ?? "");
  return parsed === undefined ? unix && peer.address === undefined : trusted(parsed);
}

/** By RFC 7239: one element tells everything that its hop knows. */
function byForwarded(rules: Rules, incoming: Incoming, own: Client): Client {
  const elements = parseForwarded(incoming.header(rules.header) ?? "")?.toReversed();
  if (elements === undefined) throw unreadable(rules.header);
  const said = elements.map((element) => element.get("for") ?? "unknown");
  const way = follow(rules, hops(rules, said, false), own);
  const element = elements[way.fromRight];
  return clientOf(rules, incoming, own, way, element?.get("proto"), element?.get("host"));
}

/** By `X-Forwarded-For`, or by a header with a single address, which what stands in front of the app sets as a whole. */
function byList(rules: Rules, incoming: Incoming, own: Client): Client {
  const value = incoming.header(rules.header) ?? "";
  const texts = rules.header === "x-forwarded-for" ? elementsFromRight(value) : value === "" ? [] : [value];
  return clientOf(rules, incoming, own, follow(rules, hops(rules, texts, true), own), undefined, undefined);
}

/** Read one by one: what stands left of the client is not looked at. */
function* hops({ header }: Rules, texts: Iterable<string>, bare: boolean): Generator<Hop, void> {
  for (const text of texts) {
    const hop = parseHop(text, bare);
    if (hop === undefined) throw unreadable(header);
    yield hop;
  }
}

/** Each hop that is trusted vouches for the one before it; the first that is not is the client. */
function follow({ header, trusted }: Rules, chain: Iterable<Hop>, own: Client): Way {
  let way: Way = { address: own.address, fromRight: -1 };
  for (const hop of chain) {
    way = { address: hop === "hidden" ? undefined : hop.text, fromRight: way.fromRight + 1 };
    if (way.fromRight === MOST_HOPS) throw unreadable(header);
    if (hop === "hidden" || !trusted(hop)) break;
  }
  return { ...way, fromRight: Math.max(way.fromRight, 0) };
}

/** @param saidProtocol `Forwarded`'s own @param saidHost `Forwarded`'s own */
function clientOf(
  rules: Rules,
  incoming: Incoming,
  own: Client,
  { address, fromRight }: Way,
  saidProtocol: string | undefined,
  saidHost: string | undefined,
): Client {
  const said = (name: string | undefined, otherwise: string | undefined): string | undefined =>
    name === undefined ? otherwise : elementAt(incoming.header(name) ?? "", fromRight);
  const protocol = said(rules.protocol, saidProtocol)?.toLowerCase();
  return {
    address,
    protocol: protocol === "http" || protocol === "https" ? protocol : own.protocol,
    host: validHost(said(rules.host, saidHost) ?? "") ?? own.host,
  };
}

/**
 * What a list says beside the hop that is so many from the right. Proxies that set a header as a whole, and those that add to
 * it, stand in one chain, so a list that is too short says the same of all that came before.
 */
function elementAt(list: string, at: number): string | undefined {
  let last: string | undefined;
  for (const text of elementsFromRight(list)) {
    last = text;
    if (at-- === 0) break;
  }
  return last;
}

function unreadable(header: string): Error {
  return kernelError("malformed", `The header ${header} cannot be read.`);
}

function optionalName(name: string | false): string | undefined {
  return name === false ? undefined : headerName(name);
}

function headerName(name: string): string {
  if (HEADER_NAME.test(name)) return name.toLowerCase();
  throw wrongOption(
    "OS_PROXY_HEADER",
    `behindProxies() is given ${JSON.stringify(name)}, which is no header's name.`,
    'Name the one that your proxy sets, such as "x-forwarded-for".',
  );
}
