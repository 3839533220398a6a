import type { Incoming } from "@openspeed/core";
import { wrongOption } from "./wrong-option.ts";

export interface Hsts {
  /** How long browsers shall ask by HTTPS alone. Default `"365d"`. */
  readonly maxAge?: `${number}d`;
  /** Whether that holds for all hosts below this one, those of other apps too. Default `false`. */
  readonly subdomains?: boolean;
  /** Whether the host may be built into browsers: wants `subdomains` and a year, and cannot be taken back soon. Default `false`. */
  readonly preload?: boolean;
  /** Also where the app itself does not see the encryption, because a proxy in front takes it off. Default `false`. */
  readonly always?: boolean;
}

/** Whether the connection is, or the address that the platform was asked by. */
export function isEncrypted(incoming: Incoming): boolean {
  return incoming.peer?.encrypted ?? incoming.request().url.startsWith("https:");
}

/**
 * The header (RFC 6797 §6.1), or none.
 *
 * @throws TypeError `OS_SECURE_HEADERS_INVALID`
 */
export function strictTransport(hsts: Hsts | false = {}): readonly string[] | undefined {
  if (hsts === false) return undefined;
  if (typeof hsts !== "object") throw invalid(`${String(hsts)} says nothing`, 'Give { maxAge: "365d" }, or false.');
  const { maxAge = "365d", subdomains = false, preload = false } = hsts;
  const days = /^(\d{1,5})d$/.exec(maxAge)?.[1];
  if (days === undefined) throw invalid(`maxAge is ${JSON.stringify(maxAge)}`, 'Give days, such as "365d".');
  if (preload && (!subdomains || Number(days) < 365))
    throw invalid("preload wants subdomains and a year (hstspreload.org)", "Add them, or leave preload out.");
  const value = [`max-age=${Number(days) * 86_400}`, subdomains && "includeSubDomains", preload && "preload"];
  return ["strict-transport-security", value.filter((part) => part !== false).join("; ")];
}

function invalid(wrong: string, mend: string): TypeError {
  return wrongOption("OS_SECURE_HEADERS_INVALID", `secureHeaders({ hsts }): ${wrong}.`, mend);
}
