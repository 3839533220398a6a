#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read, so that they are told what is wrong with them.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `error OS_NODE_TOO_OLD\n  This is Node ${process.versions.node}, and OpenSpeed needs 22.18 or newer.\n  Install one from https://nodejs.org, then run this again.`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import("create-openspeed/main");
  process.exitCode = await main(process.argv.slice(2));
}
