import type { Report } from "./compile/diagnose.ts";

/** Bytes: a number, or as people write them (`"64KiB"`, `"1MB"`). */
export type Size = number | `${number}${"B" | "KB" | "KiB" | "MB" | "MiB" | "GB" | "GiB"}`;
/** Milliseconds: a number, or as people write them (`"30s"`, `"1m"`). */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h" | "d"}`;

const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  KiB: 1024,
  MB: 1e6,
  MiB: 1024 ** 2,
  GB: 1e9,
  GiB: 1024 ** 3,
};
const DURATIONS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

/** `undefined` for what is no positive, finite quantity. */
function quantity(value: unknown, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits, unit] = typeof value === "string" ? (/^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(value) ?? []) : [];
  const amount = Math.floor(typeof value === "number" ? value : Number(digits) * (units[unit ?? ""] ?? Number.NaN));
  return Number.isFinite(amount) && amount > 0 ? amount : undefined;
}

export function parseSize(value: unknown): number | undefined {
  return quantity(value, SIZES);
}

/** Milliseconds; timers hold at most 2³¹ − 1 of them. */
export function parseDuration(value: unknown): number | undefined {
  const amount = quantity(value, DURATIONS);
  return amount !== undefined && amount < 2 ** 31 ? amount : undefined;
}

/** What an app refuses by default. Every limit is on; each can be changed, none can be switched off by a typing error. */
export interface LimitOptions {
  /** A request's body. Default `"1MiB"`. */
  readonly body?: Size;
  /** The request target. Default `"8KiB"`. */
  readonly url?: Size;
  /** All header fields together. Default `"16KiB"`. */
  readonly headers?: Size;
  /** Until all headers have arrived. Default `"10s"`. */
  readonly headersTimeout?: Duration;
  /** Until the whole request has arrived. Default `"5m"`. */
  readonly requestTimeout?: Duration;
  /** Without progress, for a body that is waited for and for an answer that is not read. Default `"30s"`. */
  readonly stall?: Duration;
  /** An idle connection. Default `"5s"`. */
  readonly keepAlive?: Duration;
  /** Until a handler has an answer; `ctx.signal` is aborted then. Default `"30s"`. */
  readonly handler?: Duration;
  /** Until an app-scope provider has its value; else the app does not start. Default `"1m"`. */
  readonly start?: Duration;
  /** Grace at shutdown, for requests in flight and for what the app disposes. Default `"10s"`. */
  readonly shutdown?: Duration;
  /** Nesting of a JSON body. Default 64. */
  readonly jsonDepth?: number;
  /** Names and values in a query or form. Default 256. */
  readonly query?: number;
  /** Cookies in a request. Default 64. */
  readonly cookies?: number;
  /** Parts of a multipart body. Default 64. */
  readonly parts?: number;
  /** One file of a multipart body. Default `"10MiB"`. */
  readonly file?: Size;
}

/** Sizes in bytes, durations in milliseconds. */
export type Limits = { readonly [K in keyof LimitOptions]-?: number };

/** By name; which limits there are. */
export const DEFAULTS: Required<LimitOptions> = {
  body: "1MiB",
  url: "8KiB",
  headers: "16KiB",
  headersTimeout: "10s",
  requestTimeout: "5m",
  stall: "30s",
  keepAlive: "5s",
  handler: "30s",
  start: "1m",
  shutdown: "10s",
  jsonDepth: 64,
  query: 256,
  cookies: 64,
  parts: 64,
  file: "10MiB",
};

/** Limits in numbers; what is no valid limit is reported, and never taken for "none". */
export function resolveLimits(options: LimitOptions, report: Report): Limits {
  const limits: Record<string, number> = {};
  for (const [name, value] of Object.entries({ ...DEFAULTS, ...options })) {
    const example = Object.hasOwn(DEFAULTS, name) ? JSON.stringify(Reflect.get(DEFAULTS, name)) : "";
    // Durations end in s or m, sizes in B.
    const amount = /[sm]"$/.test(example) ? parseDuration(value) : parseSize(value);
    if (example !== "" && amount !== undefined) limits[name] = amount;
    else
      report(
        "OS_INVALID_LIMIT",
        "createApp({ limits })",
        name,
        typeof value === "string" ? JSON.stringify(value) : String(value),
        example,
      );
  }
  return limits as Limits; // every name of DEFAULTS was set, or the app does not start
}
