import type { Command } from "commander";
import type { RouteFilter } from "../print/routes.ts";
import { configOf, type Session } from "./command.ts";

type Options = RouteFilter & { readonly json?: true };

export function addRoutes(program: Command, session: Session): void {
  program
    .command("routes")
    .description("list the app's routes")
    .option("-m, --method <name>", "only this method")
    .option("-p, --path <text>", "only paths with this text, or that a glob takes: '/users/**'")
    .option("--policy <kind>", "only routes with this policy")
    .option("--uses <name>", "only routes that use this provider or middleware")
    .option("--unpoliced", "only routes that do not say who may call them")
    .option("--json", "as JSON: the routes as the graph has them, with their places")
    .action(async (options: Options, command: Command) => {
      const config = await configOf(command, session);
      const { readRoutes } = await import("../graph/read-graph.ts");
      const { printRoutes, selectRoutes } = await import("../print/routes.ts");
      const routes = await readRoutes(config);
      const selected = selectRoutes(routes, options);
      const { out, style } = session.terminal;
      out(options.json ? JSON.stringify(selected, null, 2) : printRoutes(selected, routes.length, style));
    });
}
