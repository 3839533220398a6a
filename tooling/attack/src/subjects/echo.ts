/** What is said back: requests as they were read, and values of theirs in headers, addresses and events. */
import { bytes, createApp, event, problem, reply, type Route, route } from "@openspeed/core";
import { redirect } from "@openspeed/pages";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";

/** What leads here are bytes that some readers take for a body and others for a request. */
const SMUGGLED: TableRoute = { method: "*", path: "/smuggled", access: "public" };
const ECHO: TableRoute = { method: "*", path: "/echo", access: "public" };

export const frames: Subject = {
  name: "frames",
  classes: ["C"],
  table: [ECHO, SMUGGLED],
  make: (witness) => {
    const echo = (entry: TableRoute): Route => {
      const seen = witness(entry);
      return route({ body: bytes() }, (ctx) => {
        seen(ctx);
        const body = Array.from(ctx.body, (byte) => String.fromCharCode(byte)).join("");
        return { echo: ctx.header("x-attack"), method: ctx.method, target: ctx.incoming.target, body };
      });
    };
    return createApp({
      limits: { body: 65_536 },
      onError: () => undefined,
      routes: { "* /echo": echo(ECHO), "* /smuggled": echo(SMUGGLED) },
    });
  },
};

/** Routes that say a value of the query in a place where a line break or a slash too many would say more. */
export const SPOKEN: readonly TableRoute[] = [
  "/header",
  "/cookie",
  "/redirect",
  "/location",
  "/event",
  "/problem",
  "/type",
  "/response",
].map((path) => ({ method: "GET", path, access: "public" }));
export const PEER: TableRoute = { method: "GET", path: "/peer", access: "public" };

export const spoken: Subject = {
  name: "spoken",
  classes: ["C"],
  table: [...SPOKEN, PEER],
  make: (witness) => {
    const value = (query: Readonly<Record<string, unknown>>): string => String(query["v"] ?? "");
    return createApp({
      onError: () => undefined,
      routes: {
        "GET /header": route(({ query }) => reply(200, {}, { "x-said": value(query) })),
        "GET /cookie": route(({ query }) => reply(200, {}, { "set-cookie": `said=${value(query)}; httponly` })),
        "GET /redirect": route(({ query }) => redirect(value(query))),
        "GET /location": route(({ query }) => reply(302, undefined, { location: `/to/${value(query)}` })),
        "GET /event": route(async function* ({ query }) {
          yield event("said", { event: value(query), id: value(query) });
          yield value(query);
        }),
        "GET /problem": route({ problems: { said: problem(409, "Said") } }, ({ query, fail }) =>
          fail.said(value(query)),
        ),
        "GET /type": route(({ query }) => reply(200, "said", { "content-type": value(query) })),
        "GET /response": route(({ query }) => new Response(null, { headers: { "x-said": value(query) } })),
        // The other end is who holds the connection, whatever headers say.
        "GET /peer": route(
          witness(
            PEER,
            ({ incoming }: { readonly incoming: { readonly peer: { readonly address?: string } | undefined } }) => {
              const address = incoming.peer?.address;
              return address === undefined || /^(?:::ffff:)?127\.0\.0\.1$/.test(address)
                ? []
                : [`the peer is ${address}`];
            },
          ),
        ),
      },
    });
  },
};
