import { expect, test } from "vitest";
import { stopChildren } from "../src/process/child.ts";
import { throwing } from "../src/throwing/suite.ts";

test(
  "10,000 handlers throw: the process lives, every error is told, and nothing of one gets out",
  { timeout: 120_000 },
  async () => {
    try {
      const rows = await throwing({
        quick: false,
        soak: false,
        cases: undefined,
        subjects: undefined,
        rounds: undefined,
        slice: undefined,
      });
      const figure = (metric: string): number | undefined =>
        rows.find((row) => row.metric === metric && row.subject === "openspeed")?.median;
      expect(figure("requests that the process lived through")).toBe(10_000);
      expect(figure("answers that show a message, a stack or a path")).toBe(0);
      expect(figure("errors told")).toBe(10_000);
      expect(figure("ids that a client got and nobody was told")).toBe(0);
    } finally {
      stopChildren();
    }
  },
);
