/** `@openspeed/security` in browsers: who may read answers, who may make a browser send something, whose ids are believed. */
import { createApp, route } from "@openspeed/core";
import { cors, csrf, requestId, secureHeaders } from "@openspeed/security";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { caller } from "./guards.ts";

/** Origins whose pages may read what is said to callers; the judge knows them too. */
export const GRANTED: RegExp = /^https:\/\/(?:[a-z\d-]+\.)?shop\.example$/;

/** One whose pages may read what a wide route of every method says, and nothing of the routes that it lies around. */
export const ELSEWHERE = "https://elsewhere.example";

const table = {
  home: { method: "GET", path: "/", access: "public" },
  prices: { method: "GET", path: "/prices", access: "caller" },
  ordered: { method: "POST", path: "/ordered", access: "caller" },
  changed: { method: "POST", path: "/changed", access: "caller" },
  put: { method: "PUT", path: "/changed", access: "caller" },
  removed: { method: "DELETE", path: "/changed", access: "caller" },
  wide: { method: "*", path: "/:any", access: "public" },
} as const satisfies Record<string, TableRoute>;

export const browsers: Subject = {
  name: "browsers",
  classes: ["A", "D"],
  table: Object.values(table),
  make: (witness) => {
    const origins = ["https://shop.example", "https://*.shop.example"] as const;
    const app = createApp({ use: [requestId(), secureHeaders(), csrf()], onError: () => undefined });
    app.get(table.home.path, witness(table.home));
    app.all(table.wide.path, { use: [cors({ origins: [ELSEWHERE] })] }, witness(table.wide));
    const shared = [cors({ origins, credentials: true }), caller] as const;
    app.mount(
      [table.prices, table.ordered, table.changed, table.put, table.removed].map((entry) => ({
        method: entry.method,
        path: entry.path,
        use: entry.path === "/changed" ? [caller] : shared,
        route: route(witness(entry)),
      })),
    );
    return app;
  },
};
