import { headerOf, middleware, type Middleware, type Trace, withHeaders } from "@openspeed/core";

/** Its name in the graph; no provider of an app can have it. */
export const TIMING = "playground:timing";

interface Span {
  readonly kind: string;
  readonly name: string;
  readonly start: number;
  readonly depth: number;
  end: number | undefined;
}

/**
 * Times every step of a request, and says it as `Server-Timing` (W3C Server Timing §3), which a browser's own tools show too.
 * Beside `dur` and `desc`, each metric has `start` (milliseconds since the first step) and `depth` (how many are around it).
 */
export function timing(): Middleware {
  return { ...middleware(TIMING, {}, (_ctx, next) => next()), trace: () => traceOf(() => performance.now()) };
}

/** @param now a clock, in milliseconds */
export function traceOf(now: () => number): Trace {
  const began = now();
  const spans: Span[] = [];
  let open = 0;
  return {
    begin(kind, name) {
      const span: Span = { kind, name, start: now() - began, depth: open++, end: undefined };
      spans.push(span);
      return () => {
        open--;
        span.end = now() - began;
      };
    },
    end(outcome) {
      const total = now() - began;
      const own = headerOf(outcome, "server-timing");
      const said = [...spans.map((span) => metric(span, total)), `total;dur=${total.toFixed(3)}`].join(", ");
      return withHeaders(outcome, { "server-timing": own === undefined ? said : `${own}, ${said}` });
    },
  };
}

function metric({ kind, name, start, depth, end }: Span, total: number): string {
  const dur = (end ?? total) - start;
  return `${kind};desc="${quotable(name)}";dur=${dur.toFixed(3)};start=${start.toFixed(3)};depth=${depth}`;
}

/** What a quoted string (RFC 9110 §5.6.4) can hold in a header; the rest as percent-encoded UTF-8. */
function quotable(name: string): string {
  return name.replace(/[^ !#$&-[\]-~]/gu, encodeURIComponent);
}
