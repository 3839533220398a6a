/** Serves Desk. HOST and PORT choose where, DESK_DB where the tickets are kept. */
import { CompileError } from "@openspeed/core";
import { ListenError, serve, type Server } from "@openspeed/adapter-node";
import { app } from "./app.ts";
import { databaseFile } from "./providers.ts";

const port = portFrom(process.env["PORT"]);
if (port === undefined) {
  fail(
    `PORT is ${JSON.stringify(process.env["PORT"])}, which is no port. Give a whole number from 0 to 65535, for instance: PORT=3001 npm start`,
  );
} else {
  const hostname = process.env["HOST"] || "localhost";
  const server = await serve(app, { port, hostname }).catch((error: unknown) => fail(reasonOf(error, port)));
  if (server !== undefined) greet(server);
}

function greet({ url }: Server): void {
  console.log(`Desk answers on ${url}

  curl ${url}/api/organisations
  curl '${url}/api/organisations/brightline-telecom/tickets?q=router&state=open&limit=3'
  curl -X POST ${url}/api/organisations/siam-cycles/tickets -H 'content-type: application/json' \\
    -d '{"title":"The bell does not ring","requester":"ada@example.com"}'

Tickets are kept in ${databaseFile()}. Ctrl+C stops the server.`);
}

function portFrom(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return 3000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

function reasonOf(error: unknown, port: number): string {
  if (error instanceof ListenError && error.code === "OS_PORT_IN_USE") {
    return `${error.message}\nFor instance: PORT=${port < 65_535 ? port + 1 : 3000} npm start`;
  }
  if (error instanceof ListenError || error instanceof CompileError) return error.message;
  return `Desk cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

function fail(message: string): undefined {
  console.error(message);
  process.exitCode = 1;
}
