#!/usr/bin/env node
import { main } from "@openspeed/cli/main";

const code = await main(process.argv.slice(2));
// An app that was looked at may have left timers and sockets behind; what was written goes out first.
process.stdout.write("", () => process.exit(code));
