import { carriedIpv4, parseAddress } from "./address.ts";
import type { Client } from "./client.ts";
import { networkAddress } from "./ranges.ts";
import { count, wrongOption } from "./wrong-option.ts";

/** Thrown where a client is to be told from others by its address, and nobody tells the address. */
export class ClientUnknown extends Error {
  readonly code = "OS_CLIENT_UNKNOWN";

  constructor() {
    super(
      "OS_CLIENT_UNKNOWN: Nobody who is trusted tells the client's address, so clients cannot be told apart. " +
        "Bind client.to(behindProxies({ trust: […], header: … })) with what stands in front of the app, or say `by`.",
    );
    this.name = "ClientUnknown";
  }
}

/**
 * The network that counts as one client: an IPv4 address, or the first 64 bits of an IPv6 one, because whoever has one
 * address there has them all (RFC 6177 §2). An IPv4 client that comes through NAT64 or 6to4 is its IPv4 address.
 *
 * @param options `ipv6`: how many bits, 1 to 128. Default 64
 * @throws ClientUnknown `OS_CLIENT_UNKNOWN`, TypeError `OS_INVALID_LIMIT`
 * @example
 * rateLimit({ limit: 5, window: "15m", use: [client], by: ({ client, params }) => `${networkOf(client)} ${params.name}` });
 */
export function networkOf(client: Pick<Client, "address">, options: { readonly ipv6?: number } = {}): string {
  const bits = count(options.ipv6 ?? 64, "networkOf({ ipv6 })");
  if (bits > 128) throw wrongOption("OS_INVALID_LIMIT", `networkOf({ ipv6 }) is ${bits}.`, "Give 1 to 128.");
  const address = parseAddress(client.address ?? "");
  if (address === undefined) throw new ClientUnknown();
  const ipv4 = carriedIpv4(address);
  if (ipv4 !== undefined) return ipv4.text;
  return address.groups.length === 2 ? address.text : `${networkAddress(address, bits).text}/${bits}`;
}
