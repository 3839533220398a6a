/** Develops Desk: `openspeed dev`, which listens where PORT and HOST say, with DESK_DB. In production it is `openspeed build` and `openspeed start`. */
import { fileURLToPath } from "node:url";
import { main } from "@openspeed/cli/main";
import { databaseFile } from "./providers.ts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
console.log(`Desk, a support desk: pages at /, JSON at /api, which /reference describes and /playground tries. Tickets are kept in ${databaseFile()}.
You can be anybody: choose a person in the menu. Ctrl+C stops the server.
`);
const code = await main(["dev", ...process.argv.slice(2)]);
// What Vite left behind must not keep the process; what was written goes out first.
process.stdout.write("", () => process.exit(code));
