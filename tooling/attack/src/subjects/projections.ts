/** What is derived from the graph, and must stand behind the policies that everything else has. */
import { createApp, publicAccess, route } from "@openspeed/core";
import { mcp, tool } from "@openspeed/mcp";
import { openapi } from "@openspeed/openapi";
import { reference } from "@openspeed/openapi/reference";
import { playground } from "@openspeed/playground";
import { z } from "zod";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { caller } from "./guards.ts";

const silent = (path: string, access: TableRoute["access"] = "caller"): TableRoute => ({
  method: "GET",
  path,
  access,
  silent: true,
});
const home: TableRoute = { method: "GET", path: "/", access: "public" };

export const guardedPlayground: Subject = {
  name: "playground",
  classes: ["A"],
  table: [
    home,
    silent("/playground"),
    silent("/playground/app.js"),
    silent("/playground/app.css"),
    silent("/playground/graph.json"),
  ],
  make: (witness) =>
    createApp({
      mode: "production",
      plugins: [playground({ use: [caller] })],
      routes: { "GET /": route(witness(home)) },
    }),
};

/** Without a guard there is no playground in production: its paths are nobody's. */
export const absentPlayground: Subject = {
  name: "playground absent",
  classes: ["A"],
  table: [home, { ...silent("/inside"), silent: false }],
  make: (witness) =>
    createApp({
      mode: "production",
      plugins: [playground()],
      routes: {
        "GET /": route(witness(home)),
        "GET /inside": route({ use: [caller] }, witness({ method: "GET", path: "/inside", access: "caller" })),
      },
    }),
};

export const documents: Subject = {
  name: "openapi",
  classes: ["A", "D"],
  table: [home, silent("/openapi.json"), silent("/openapi.yaml"), silent("/reference"), silent("/reference/scalar.js")],
  make: (witness) =>
    createApp({
      plugins: [openapi({ title: "Attacked", use: [caller] }), reference({ use: [caller] })],
      routes: { "GET /": route(witness(home)) },
    }),
};

/** A tool that anyone may call, one for callers, one that is no tool. */
export const TOOLS = {
  open: { method: "GET", path: "/open/:name", access: "public" },
  guarded: { method: "GET", path: "/guarded/:name", access: "caller" },
  own: { method: "GET", path: "/guarded/me", access: "caller" },
  changed: { method: "POST", path: "/changed", access: "caller" },
  hidden: { method: "GET", path: "/hidden", access: "caller" },
} as const satisfies Record<string, TableRoute>;

export const tools: Subject = {
  name: "mcp",
  classes: ["A", "D"],
  table: [...Object.values(TOOLS), { method: "POST", path: "/mcp", access: "public", silent: true }],
  make: (witness) => {
    const params = z.object({ name: z.string() });
    const said = z.object({ key: z.string(), secret: z.string().optional() });
    const guarded = witness(TOOLS.guarded);
    const changed = witness(TOOLS.changed);
    return createApp({
      plugins: [mcp({ name: "attacked", version: "1.0.0" })],
      onError: () => undefined,
      routes: {
        "GET /open/:name": route({ use: [publicAccess(), tool()], params, output: said }, witness(TOOLS.open)),
        "GET /guarded/:name": route({ use: [caller, tool()], params, output: said }, (ctx) => guarded(ctx)),
        // Its place is that of a tool's param, and no call may lead here.
        "GET /guarded/me": route({ use: [caller] }, witness(TOOLS.own)),
        "POST /changed": route({ use: [caller, tool()], body: z.object({ n: z.int() }), output: said }, (ctx) =>
          changed(ctx),
        ),
        "GET /hidden": route({ use: [caller] }, witness(TOOLS.hidden)),
      },
    });
  },
};
