import { isIP } from "node:net";
import type { Incoming, Outcome } from "@openspeed/core";

const EDITOR = "__open-in-editor";

/**
 * Why a request may not have what is the development server's: sources, and words about what is wrong with them. Neither a name
 * that somebody else's DNS points at this machine nor pages of other sites may read them. What browsers say of themselves counts;
 * tools say nothing.
 *
 * @param allowed hosts beside this machine's own, or `true` for all
 */
export function refusal(incoming: Incoming, allowed: true | readonly string[]): Outcome | undefined {
  return hostRefusal(incoming, allowed) ?? siteRefusal(incoming);
}

/** For what any page may ask for, but under no foreign name. */
export function hostRefusal(incoming: Incoming, allowed: true | readonly string[]): Outcome | undefined {
  const host = incoming.header("host");
  if (allowed === true || host === null || isAllowed(host, allowed)) return undefined;
  const name = JSON.stringify(host.replace(/:\d+$/, ""));
  return refused(
    `OS_DEV_HOST: The development server is not for the host ${name}. To allow it, write vite: { server: { allowedHosts: [${name}] } } in openspeed.config.ts.`,
  );
}

function siteRefusal(incoming: Incoming): Outcome | undefined {
  const site = incoming.header("sec-fetch-site");
  // It starts a program: nobody but a page of the app may ask for it.
  const isOpening = incoming.target.toLowerCase().includes(EDITOR);
  if (site === "same-origin" || (!isOpening && (site === null || site === "none"))) return undefined;
  return refused("OS_DEV_CROSS_SITE: What is below /@dev/ is for the app's own pages. Ask for it from one of them.");
}

/** As Vite decides it: this machine's own names and addresses always; a name with a dot before it means those below it too. */
function isAllowed(host: string, allowed: readonly string[]): boolean {
  const bracketed = /^\[(.*?)\]/.exec(host.trim())?.[1];
  if (bracketed !== undefined) return isIP(bracketed) === 6;
  const [name = ""] = host.trim().split(":");
  if (isIP(name) === 4 || name === "localhost" || name.endsWith(".localhost")) return true;
  return allowed.some((each) => each === name || (each.startsWith(".") && `.${name}`.endsWith(each)));
}

function refused(body: string): Outcome {
  return {
    status: 403,
    headers: ["content-type", "text/plain; charset=utf-8", "x-content-type-options", "nosniff"],
    body: `${body}\n`,
  };
}
