/** Pages: loaders and actions behind guards, forms of other sites. */
import { createApp, form, route } from "@openspeed/core";
import { errorView, page, redirect } from "@openspeed/pages";
import { pages as preactPages } from "@openspeed/pages/preact";
import { h } from "preact";
import { z } from "zod";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { caller, callersOnly } from "./guards.ts";

const table = {
  home: { method: "GET", path: "/", access: "public" },
  loaded: { method: "GET", path: "/admin", access: "caller" },
  around: { method: "GET", path: "/inside/:id", access: "caller" },
  // Shown again around what its action refused, so that its loader runs then too.
  form: { method: "GET", path: "/form", access: "public", silent: true },
  sent: { method: "POST", path: "/form", access: "caller" },
} as const satisfies Record<string, TableRoute>;

export const pages: Subject = {
  name: "pages",
  classes: ["A", "D"],
  table: Object.values(table),
  make: (witness) => {
    const loaderOf = (entry: TableRoute, use: readonly [] | readonly [typeof caller]) => {
      const handler = witness(entry);
      return use.length === 0
        ? route((ctx) => ({ ...handler(ctx) }))
        : route({ use: [caller] }, (ctx) => ({ ...handler(ctx) }));
    };
    const view = ({ key, secret }: { readonly key?: string; readonly secret?: string }) =>
      h("p", {}, `${key} ${secret}`);
    const error = {
      view: () => Promise.resolve({ default: errorView(({ problem }) => h("p", {}, problem.title)) }),
      layouts: 0,
    };
    const sent = witness(table.sent);
    const action = route({ use: [caller], body: form(z.object({ title: z.string() })) }, (ctx) => {
      sent(ctx);
      return redirect("/form");
    });
    const withForm = page({ action }, () => h("form", { method: "post" }, h("input", { name: "title" })));
    return createApp({
      routes: [
        ...preactPages.mounts({
          path: table.home.path,
          source: "page.tsx",
          page: () => Promise.resolve({ default: page(loaderOf(table.home, []), view) }),
          error,
        }),
        ...preactPages.mounts({
          path: table.loaded.path,
          source: "admin/page.tsx",
          page: () => Promise.resolve({ default: page(loaderOf(table.loaded, [caller]), view) }),
          error,
        }),
        ...preactPages.mounts({
          path: table.around.path,
          source: "inside/[id]/page.tsx",
          use: [callersOnly],
          page: () => Promise.resolve({ default: page(loaderOf(table.around, []), view) }),
          error,
        }),
        ...preactPages.mounts({
          path: table.form.path,
          source: "form/page.tsx",
          action: true,
          page: () => Promise.resolve({ default: withForm, action }),
          error,
        }),
      ],
    });
  },
};
