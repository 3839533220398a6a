import { type Reply, reply } from "@openspeed/core";
import { PageError } from "./fault.ts";

export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** Any origin will do: what stays on it stays on the page's own. */
const HERE = "https://here.invalid";

/**
 * Sends the browser to another place of the same origin; 303 makes it GET that place, which is what a form wants.
 *
 * @param to a path (`/tickets/7?new`), a path from here (`../`), a query or a fragment
 * @throws PageError `OS_REDIRECT_ORIGIN` for what would leave the origin; send such a place with `reply(303, undefined, { location })`
 *
 * @example
 * return redirect(`/tickets/${ticket.id}`);
 */
export function redirect(to: string): Reply<303, undefined>;
export function redirect<const Status extends RedirectStatus>(to: string, status: Status): Reply<Status, undefined>;
export function redirect(to: string, status: RedirectStatus = 303): Reply<RedirectStatus, undefined> {
  if (!staysHere(to))
    throw new PageError(
      "OS_REDIRECT_ORIGIN",
      `redirect(${JSON.stringify(to)}) would leave this origin. Give a path such as "/tickets", or answer with reply(${status}, undefined, { location }) if you mean to.`,
    );
  return reply(status, undefined, { location: encodeURI(to.toWellFormed()).replaceAll("%25", "%") });
}

/** Judged as a browser would: backslashes are slashes, tabs and line breaks are dropped (WHATWG URL §4.4). */
function staysHere(to: string): boolean {
  if (to === "") return false;
  return (
    URL.canParse(to, HERE) && new URL(to, HERE).origin === HERE && !URL.canParse(to) && !/^[\\/]{2}/.test(to.trim())
  );
}
