import { type Declared, type Incoming, kernelError, provide, type Provider } from "@openspeed/core";
import { type Address, parseAddress } from "./address.ts";
import { type Client, hostOf, peerAddress, protocolOf, validHost } from "./client.ts";
import { type ForwardedElement, fromRight, type Hop, parseForwarded, parseHop } from "./forwarded.ts";
import { inRanges, type Range } from "./ranges.ts";
import { wrongOption } from "./wrong-option.ts";

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

/** Where a list of hops leads: to the client, told by the element that is so many from the right. */
interface Way {
  readonly address: string | undefined;
  readonly fromRight: number;
  readonly element: ForwardedElement | undefined;
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
  const { trust } = options;
  const header = headerName(options.header ?? "x-forwarded-for");
  const forwarded = header === "forwarded";
  const protocolHeader = optionalName(options.protocol ?? (forwarded ? false : "x-forwarded-proto"));
  const hostHeader = optionalName(options.host ?? false);
  const unix = trust.includes("unix");
  const platform = trust.includes("platform");
  const trusted = inRanges(
    trust.filter((range) => range !== "unix" && range !== "platform"),
    "behindProxies({ trust })",
  );

  const isTrustedPeer = ({ peer }: Incoming, address: string | undefined): boolean => {
    if (peer === undefined) return platform;
    const parsed = address === undefined ? undefined : parseAddress(address);
    return parsed === undefined ? peer.address === undefined && unix : trusted(parsed);
  };

  const walk = (value: string | null, peer: string | undefined): Way => {
    if (header === "x-forwarded-for") return follow(fromRight(value ?? ""), true, peer, trusted);
    if (!forwarded) return { address: single(value ?? "", peer), fromRight: 0, element: undefined };
    const elements = parseForwarded(value ?? "")?.toReversed();
    if (elements === undefined) throw unreadable(header);
    const way = follow(
      elements.map((element) => element.get("for") ?? "unknown"),
      false,
      peer,
      trusted,
    );
    return { ...way, element: elements[way.fromRight] };
  };

  return provide("client", {}, ({ incoming }) => {
    const peer = peerAddress(incoming);
    const own = { address: peer, protocol: protocolOf(incoming), host: hostOf(incoming) };
    if (!isTrustedPeer(incoming, peer)) return own;
    const { address, fromRight: at, element } = walk(incoming.header(header), peer);
    const said = (name: string | undefined, own: string | undefined): string | undefined =>
      name === undefined ? own : elementAt(incoming.header(name) ?? "", at);
    const protocol = said(protocolHeader, element?.get("proto"))?.toLowerCase();
    const host = said(hostHeader, element?.get("host"));
    return {
      address,
      protocol: protocol === "http" || protocol === "https" ? protocol : own.protocol,
      host: validHost(host ?? "") ?? own.host,
    };
  });

  /** A header with one address: what stands in front of the app sets it as a whole. */
  function single(value: string, peer: string | undefined): string | undefined {
    return value === "" ? peer : addressText(read(value, true));
  }

  function read(text: string, bare: boolean): Hop {
    const hop = parseHop(text, bare);
    if (hop === undefined) throw unreadable(header);
    return hop;
  }

  function follow(
    hops: Iterable<string>,
    bare: boolean,
    peer: string | undefined,
    trusted: (address: Address) => boolean,
  ): Way {
    let address = peer;
    let at = -1;
    let steps = 0;
    for (const text of hops) {
      if (++steps > MOST_HOPS) throw unreadable(header);
      const hop = read(text, bare);
      address = addressText(hop);
      at++;
      if (hop === "hidden" || !trusted(hop)) break;
    }
    return { address, fromRight: Math.max(at, 0), element: undefined };
  }
}

function addressText(hop: Hop): string | undefined {
  return hop === "hidden" ? undefined : hop.text;
}

/**
 * What a list says beside the hop that is so many from the right. Proxies that set a header as a whole, and those that add to
 * it, stand in one chain, so a list that is too short says the same of all that came before.
 */
function elementAt(list: string, at: number): string | undefined {
  let last: string | undefined;
  for (const text of fromRight(list)) {
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
