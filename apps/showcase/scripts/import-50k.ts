/**
 * Imports 50,000 rows over a real socket into a Desk of its own, and prints the report, the time and the most memory that
 * the server process ever held (VmHWM of /proc, so on Linux).
 *
 *     node --conditions=@openspeed/source apps/showcase/scripts/import-50k.ts [rows]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ImportReport } from "../src/tickets/import.ts";

const ROWS = Number(process.argv[2] ?? 50_000);
/** Every hundredth row is wrong, in five ways. */
const BAD_EVERY = 100;

function row(i: number): string {
  const created = new Date(Date.UTC(2024, 0, 1) + i * 600_000).toISOString();
  const description = `Customer ${i} writes: it happened again after the update, and the ""quick fix"" of last week did not help.\nPlease call back, best in the morning.`;
  if (i % BAD_EVERY !== BAD_EVERY - 1) {
    return `Device ${i} loses its connection,customer${i}@example.com,"${description}",${["open", "pending", "solved", "closed"][i % 4]},${["low", "normal", "high"][i % 3]},network import,${created}`;
  }
  switch (Math.floor(i / BAD_EVERY) % 5) {
    case 0:
      return `No address ${i},nobody,"${description}",open,normal,,${created}`;
    case 1:
      return `Odd state ${i},customer${i}@example.com,,broken,normal,,${created}`;
    case 2:
      return `x,customer${i}@example.com,,open,soon,"UPPER",${created}`;
    case 3:
      return `Too short ${i},customer${i}@example.com`;
    default:
      return `Some day ${i},customer${i}@example.com,,open,normal,,last Tuesday`;
  }
}

function csv(): { readonly body: ReadableStream<Uint8Array>; readonly size: () => number } {
  const encoder = new TextEncoder();
  let next = 0;
  let size = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const lines = next === 0 ? ["title,requester,description,state,priority,tags,created_at"] : [];
      for (const end = Math.min(ROWS, next + 250); next < end; next++) lines.push(row(next));
      const chunk = encoder.encode(`${lines.join("\r\n")}\r\n`);
      size += chunk.length;
      controller.enqueue(chunk);
      if (next === ROWS) controller.close();
    },
  });
  return { body, size: () => size };
}

async function memory(pid: number | undefined, name: "VmHWM" | "VmRSS"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
}

const folder = await mkdtemp(join(tmpdir(), "desk-import-"));
const server = spawn(
  process.execPath,
  [...process.execArgv, fileURLToPath(new URL("../src/main.ts", import.meta.url))],
  {
    env: {
      ...process.env,
      NO_COLOR: "1",
      NODE_ENV: "development",
      PORT: "0",
      HOST: "localhost",
      DESK_DB: join(folder, "desk.db"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  },
);
try {
  let url = "";
  for await (const line of createInterface(server.stdout)) {
    url = /^ready (http:\S+)/.exec(line)?.[1] ?? "";
    if (url !== "") break;
  }
  server.stdout.resume();
  await (await fetch(`${url}/api/organisations/brightline-telecom/tickets?q=router`)).text();
  const before = await memory(server.pid, "VmHWM");

  const { body, size } = csv();
  const start = performance.now();
  // The DOM's types do not know that a body can be sent while it is made.
  const request: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body,
    duplex: "half",
  };
  const response = await fetch(`${url}/api/organisations/brightline-telecom/tickets/import`, request);
  const report = ImportReport.parse(await response.json());
  const seconds = (performance.now() - start) / 1000;
  const peak = await memory(server.pid, "VmHWM");

  const exported = performance.now();
  let bytes = 0;
  for await (const chunk of (await fetch(`${url}/api/organisations/brightline-telecom/tickets/export`)).body ?? [])
    bytes += chunk.length;
  const exportSeconds = (performance.now() - exported) / 1000;

  for (const { line, column, message } of report.errors.slice(0, 8))
    console.log(`  line ${line}, ${column ?? "row"}: ${message}`);
  const mebibytes = (amount: number): string => `${amount.toFixed(0)} MiB`;
  console.log(
    `imported ${report.imported}, rejected ${report.rejected}, ${report.errors.length} errors shown, ${report.errorsOmitted} omitted`,
  );
  console.log(
    `import: ${ROWS} rows, ${mebibytes(size() / 1024 ** 2)}, ${seconds.toFixed(1)} s; export: ${mebibytes(bytes / 1024 ** 2)}, ${exportSeconds.toFixed(1)} s`,
  );
  console.log(
    `peak memory of the server (VmHWM): ${mebibytes(before)} before, ${mebibytes(peak)} after the import, ${mebibytes(await memory(server.pid, "VmHWM"))} after the export`,
  );
  const expected = ROWS / BAD_EVERY;
  if (report.rejected !== expected || report.imported !== ROWS - expected) {
    console.error(`expected ${ROWS - expected} imported, ${expected} rejected`);
    process.exitCode = 1;
  }
} finally {
  server.kill();
  await once(server, "exit");
  await rm(folder, { recursive: true, force: true });
}
