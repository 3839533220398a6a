import {
  type Declared,
  type Middleware,
  middleware,
  policy,
  type Problem,
  problem,
  ProblemError,
} from "@openspeed/core";
import { type Address, carriedIpv4, parseAddress } from "./address.ts";
import { client } from "./client.ts";
import { inRanges, type Range } from "./ranges.ts";
import { wrongOption } from "./wrong-option.ts";

export interface IpListOptions {
  /** Who may call. Left out: everybody who is not denied. */
  readonly allow?: readonly Range[];
  /** Who may not, whatever `allow` says. */
  readonly deny?: readonly Range[];
}

type Problems = { readonly addressRefused: Problem<403, undefined> };

const problems: Problems = { addressRefused: problem(403, "This address may not call this") };

/**
 * A guard by the client's address, in its canonical form: 403 `addressRefused` for whom the lists refuse, and for clients whose
 * address nobody tells. What is denied as IPv4 is denied through NAT64 and 6to4 too; allowed is only what stands there.
 *
 * @throws TypeError `OS_INVALID_ADDRESS`, `OS_IP_LIST_EMPTY`
 * @example
 * app.group("/admin", [ipList({ allow: ["private", "203.0.113.0/24"] })]);
 */
export function ipList({ allow, deny }: IpListOptions): Middleware<Declared<Problems, [typeof client]>> {
  // Without `allow`, nothing in `deny` would be a guard that refuses nobody; an empty `allow` lets nobody in.
  if (allow === undefined && (deny === undefined || deny.length === 0))
    throw wrongOption(
      "OS_IP_LIST_EMPTY",
      "ipList() has no list that refuses anybody.",
      "Give it allow, deny, or both.",
    );
  const isAllowed = allow && inRanges(allow, "ipList({ allow })");
  const isDenied = inRanges(deny ?? [], "ipList({ deny })");

  const passes = (address: Address): boolean => {
    const ipv4 = carriedIpv4(address);
    if (isDenied(address) || (ipv4 !== undefined && isDenied(ipv4))) return false;
    return isAllowed?.(address) ?? true;
  };

  return middleware(
    "ipList",
    {
      use: [client],
      problems,
      meta: [policy({ kind: "ipList", ...(allow && { allow }), ...(deny && { deny }) })],
    },
    (ctx, next) => {
      const address = parseAddress(ctx.client.address ?? "");
      if (address !== undefined && passes(address)) return next();
      throw new ProblemError("addressRefused", problems.addressRefused, {
        detail: address === undefined ? "The client's address is not known." : undefined,
      });
    },
  );
}
