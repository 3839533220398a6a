#!/usr/bin/env node
import module from "node:module";

// Most of a short command's time is compiling what it imports; where a runtime can keep that, it does.
module.enableCompileCache?.();
const { main } = await import("@openspeed/cli/main");

const code = await main(process.argv.slice(2));
// An app that was looked at may have left timers and sockets behind; what was written goes out first.
process.stdout.write("", () => process.exit(code));
