/** Static files: a public folder within a guarded one's, links that lead out of it, files that nobody may have. */
import { createApp, publicAccess } from "@openspeed/core";
import { assets as listed, files, folder } from "@openspeed/static";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { caller } from "./guards.ts";

const silent = (path: string, access: TableRoute["access"], examples: readonly string[]): TableRoute => ({
  method: "GET",
  path,
  access,
  silent: true,
  examples,
});

const table: readonly TableRoute[] = [
  silent("/public/*path", "public", [
    "/public/app.js",
    "/public/outside.txt",
    "/public/up/secret.txt",
    "/public/up/public/report.txt",
  ]),
  silent("/inside/*path", "caller", [
    "/inside/report.txt",
    "/inside/.htpasswd",
    "/inside/nested/app.js",
    "/inside/nested/up/secret.txt",
  ]),
  silent("/docs/*path", "caller", ["/docs/report.txt", "/docs/nested/app.js"]),
  silent("/docs/", "caller", ["/docs/"]),
  silent("/docs", "caller", ["/docs"]),
  silent("/built/app.css", "public", ["/built/app.css"]),
];

export const staticFiles: Subject = {
  name: "static",
  classes: ["A", "D"],
  table,
  make: () => {
    const root = new URL("./build/public/", import.meta.url);
    const app = createApp({ onError: () => undefined });
    app.get("/public/*path", files({ root: new URL("./nested/", root), use: [publicAccess()] }));
    app.get("/inside/*path", files({ root, use: [caller] }));
    app.mount(folder("/docs", { root, use: [caller] }));
    app.mount(listed({ root, files: [{ path: "/built/app.css", file: "app.css" }] }));
    return app;
  },
};

const builtFiles: readonly TableRoute[] = [
  { method: "GET", path: "/assets/app.css", access: "public", silent: true },
  { method: "GET", path: "/assets/nested/app.js", access: "public", silent: true },
  { method: "GET", path: "/private/report.txt", access: "caller", silent: true },
];

/** Files of a build beside those that nobody may have: `secret.txt` lies above their root, `.htpasswd` in it. */
export const built: Subject = {
  name: "assets",
  classes: ["A", "D"],
  table: builtFiles,
  make: () => {
    const root = new URL("./build/public/", import.meta.url);
    const mounts = listed({
      root,
      files: [
        { path: "/assets/app.css", file: "app.css" },
        { path: "/assets/nested/app.js", file: "nested/app.js", hashed: true },
      ],
    });
    const app = createApp({ routes: mounts });
    app.group("/private", [caller]).mount(listed({ root, files: [{ path: "/report.txt", file: "report.txt" }] }));
    return app;
  },
};
