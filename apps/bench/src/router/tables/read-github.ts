// Prints the route table of an OpenAPI document: node read-github.ts api.github.com.json
import { readFileSync } from "node:fs";

const methods = new Set(["get", "post", "put", "patch", "delete"]);
const document = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as {
  paths: Record<string, Record<string, unknown>>;
};
const oneParamASegment = /^(\/(\{[\w-]+\}|[^/{}]+))+$|^\/$/;

for (const [path, item] of Object.entries(document.paths)) {
  if (!oneParamASegment.test(path)) continue;
  const pattern = path.replace(/\{([\w-]+)\}/g, (_, name: string) => `:${name.replaceAll("-", "_")}`);
  for (const method of Object.keys(item)) if (methods.has(method)) console.log(`${method.toUpperCase()} ${pattern}`);
}
