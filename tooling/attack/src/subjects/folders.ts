/** What a folder guards with: `_use.ts`, for everything below it. */
import { createApp, provide } from "@openspeed/core";
import { routesFrom } from "@openspeed/router-fs";
import { keyOf, type TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { type Noted, noted } from "./folder/noted.ts";

const INT = /^(?:0|-?[1-9]\d{0,15})$/;
const table: readonly TableRoute[] = [
  { method: "GET", path: "/", access: "public" },
  { method: "GET", path: "/public", access: "public" },
  { method: "GET", path: "/admin-public", access: "public" },
  { method: "GET", path: "/admin", access: "caller" },
  { method: "POST", path: "/admin", access: "caller" },
  { method: "GET", path: "/admin/users/:id", access: "caller", accepts: { id: INT } },
  { method: "DELETE", path: "/admin/users/:id", access: "caller", accepts: { id: INT } },
  { method: "GET", path: "/admin/*rest", access: "caller" },
  { method: "GET", path: "/desk/:page?", access: "caller", accepts: { page: INT }, examples: ["/desk", "/desk/7"] },
];

export const folder: Subject = {
  name: "_use.ts",
  classes: ["A"],
  table,
  make: async (witness) => {
    const witnesses = new Map(table.map((entry) => [keyOf(entry), witness(entry)]));
    const note: Noted = (key, ctx) => witnesses.get(key)?.(ctx);
    return createApp({
      routes: await routesFrom(new URL("./folder/routes/", import.meta.url)),
      bind: [noted.to(provide("witnesses", { scope: "app" }, () => note))],
    });
  },
};
