/** `@openspeed/security`: who asks by address, how often, and twice. */
import { createApp, route } from "@openspeed/core";
import { behindProxies, client, concurrency, idempotency, ipList, rateLimit } from "@openspeed/security";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { caller } from "./guards.ts";

const nobody = (path: string, method = "GET"): TableRoute => ({ method, path, access: "nobody" });
const open: TableRoute = { method: "GET", path: "/public", access: "public" };

/** Lists that this machine is on neither of, whatever a header says: not as the peer, and not behind a proxy that is another machine. */
const listed: readonly TableRoute[] = [
  nobody("/admin"),
  nobody("/admin/users/:id"),
  nobody("/admin/*rest", "POST"),
  open,
];

export const addresses: Subject = {
  name: "ip lists",
  classes: ["A", "C"],
  table: listed,
  make: (witness) => {
    const app = createApp({
      bind: [client.to(behindProxies({ trust: ["192.0.2.1"] }))],
      onError: () => undefined,
    });
    const list = ipList({ allow: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.0/24"] });
    app.mount(
      listed.map((entry) => ({
        method: entry.method,
        path: entry.path,
        use: entry.access === "public" ? [] : [list],
        route: route(witness(entry)),
      })),
    );
    return app;
  },
};

export const LIMITED: TableRoute = { method: "GET", path: "/limited", access: "public" };
export const CROWDED: TableRoute = { method: "GET", path: "/crowded", access: "public" };
const LIMIT = 5;

/** So many requests, or so many at once, and not one more, however a caller names itself. */
export const limits: Subject = {
  name: "limits",
  classes: ["C"],
  table: [LIMITED, CROWDED],
  make: (witness) => {
    let [ran, inside] = [0, 0];
    const counted = witness(LIMITED, () => (++ran > LIMIT ? [`ran ${ran} times of ${LIMIT}`] : []));
    const seen = witness(CROWDED, () => (inside > LIMIT ? [`${inside} at once of ${LIMIT}`] : []));
    const app = createApp({ onError: () => undefined });
    app.get(LIMITED.path, { use: [rateLimit({ limit: LIMIT, window: "1d" })] }, counted);
    app.get(CROWDED.path, { use: [concurrency({ limit: LIMIT })] }, async (ctx) => {
      inside++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      const answer = seen(ctx);
      inside--;
      return answer;
    });
    return app;
  },
};

export const PAID: TableRoute = { method: "POST", path: "/paid", access: "caller" };

/** Answers that are kept by a key, for the one whose key it is. */
export const keyed: Subject = {
  name: "idempotency",
  classes: ["D"],
  table: [PAID],
  make: (witness) => {
    const paid = witness(PAID);
    const app = createApp({ onError: () => undefined });
    app.post(PAID.path, { use: [caller, idempotency({ required: true })] }, (ctx) => paid(ctx));
    app.post("/kept", { use: [idempotency({ required: true }), caller] }, (ctx) => paid(ctx));
    return app;
  },
};
