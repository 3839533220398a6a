// node program.ts FILE: runs a snippet that is a whole program. An app that it exports and does not serve itself is
// compiled and served on port 3000, as the commands that follow it expect.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { serve, type Servable } from "@openspeed/adapter-node";

const { app }: Record<string, unknown> = await import(pathToFileURL(resolve(process.argv[2] ?? "")).href);
if (isServable(app) && !process.getActiveResourcesInfo().includes("TCPServerWrap")) await serve(app, { port: 3000 });

function isServable(value: unknown): value is Servable {
  return typeof value === "object" && value !== null && "ready" in value && "handle" in value;
}
