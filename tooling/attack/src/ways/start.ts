/** No request at all: an app that is asked to start with what it must refuse. */
import { createApp } from "@openspeed/core";
import { thrown } from "./handle.ts";
import type { Way } from "./way.ts";

export function startWay(): Way {
  return {
    name: "start",
    sees: () => [],
    async send(attack) {
      if (attack.kind !== "start") return undefined;
      const start = performance.now();
      try {
        await createApp({ limits: attack.limits }).ready();
        return { answers: [], closed: false, rest: "", milliseconds: performance.now() - start };
      } catch (error) {
        return thrown(error, start);
      }
    },
    close: () => Promise.resolve(),
  };
}
