import { Miniflare } from "miniflare";
import { readReport, type Runtime } from "./report.ts";

/** Imported within a request: outside of one, workerd allows neither timers nor random numbers. */
const worker = `export default {
  async fetch() {
    const { run } = await import("./suite.mjs");
    return Response.json(await run());
  },
};
`;

export const workerd: Runtime = {
  name: "workerd",
  missing: () => undefined,
  run: async (suite) => {
    const miniflare = new Miniflare({
      modules: [
        { type: "ESModule", path: "main.mjs", contents: worker },
        { type: "ESModule", path: "suite.mjs", contents: suite },
      ],
      compatibilityDate: "2026-06-01",
    });
    try {
      const response = await miniflare.dispatchFetch("http://localhost/");
      if (!response.ok) throw new Error(await response.text());
      return readReport(await response.json());
    } finally {
      await miniflare.dispose();
    }
  },
};
