import { EventEmitter, on } from "node:events";
import { provide } from "@openspeed/core";
import type { Picture } from "./pictures.ts";

export interface Feed {
  readonly publish: (picture: Picture) => void;
  /** What is published from now on, until the signal ends it. */
  readonly listen: (signal: AbortSignal) => AsyncIterable<Picture>;
}

/** Tells everybody who watches about new pictures. */
export const feed = provide("feed", { scope: "app" }, (): Feed => {
  const emitter = new EventEmitter<{ picture: [Picture] }>().setMaxListeners(0);
  return {
    publish: (picture) => void emitter.emit("picture", picture),
    listen: async function* (signal) {
      try {
        for await (const [picture] of on(emitter, "picture", { signal })) yield picture;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
});
