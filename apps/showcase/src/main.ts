/** Develops Desk: `openspeed dev` with PORT, HOST and DESK_DB. In production it is `openspeed build` and `openspeed start`. */
import { fileURLToPath } from "node:url";
import { main } from "@openspeed/cli/main";
import { databaseFile } from "./providers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { PORT, HOST } = process.env;
const port = portFrom(PORT);

process.chdir(root);
if (port === undefined) {
  console.error(
    `PORT is ${JSON.stringify(PORT)}, which is no port. Give a whole number from 0 to 65535, for instance: PORT=3001 npm start`,
  );
  process.exitCode = 1;
} else {
  const host = HOST || "localhost";
  greet(host, port);
  const code = await main(["dev", "--port", String(port), "--host", host, ...process.argv.slice(2)]);
  // What Vite left behind must not keep the process; what was written goes out first.
  process.stdout.write("", () => process.exit(code));
}

function greet(host: string, port: number): void {
  const url = port === 0 ? "" : `http://${host}:${port}`;
  console.log(`Desk, a support desk: pages at ${url}/, JSON at ${url}/api. Tickets are kept in ${databaseFile()}.
You can be anybody: choose a person in the menu. Ctrl+C stops the server.
`);
}

function portFrom(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return 3000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}
