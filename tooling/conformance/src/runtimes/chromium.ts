import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { chromium as browsers } from "playwright-core";
import { readReport, type Runtime } from "./report.ts";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Runs in the page. */
async function inWorker(): Promise<unknown> {
  const worker = new Worker("/main.mjs", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
}

const main = `import { run } from "/suite.mjs"; postMessage(await run());`;

/** A worker's modules need an origin, so they are served. */
function serveModules(suite: string): Promise<{ readonly server: Server; readonly url: string }> {
  const scripts: Readonly<Record<string, string>> = { "/main.mjs": main, "/suite.mjs": suite };
  const server = createServer((req, res) => {
    const script = scripts[req.url ?? ""];
    res.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    res.end(script ?? "<!doctype html>");
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({
        server,
        url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`,
      });
    });
  });
}

/** A module worker in the browser. */
export const chromium: Runtime = {
  name: "chromium",
  missing: () =>
    existsSync(PROGRAM)
      ? undefined
      : `There is no ${PROGRAM}. Run: apt-get install chromium (or name another with CHROMIUM=…)`,
  run: async (suite) => {
    const { server, url } = await serveModules(suite);
    const browser = await browsers.launch({
      executablePath: PROGRAM,
      args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
    });
    try {
      const page = await browser.newPage();
      await page.goto(url);
      return readReport(await page.evaluate(inWorker));
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  },
};
