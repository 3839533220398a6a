import { route } from "@openspeed/core";
import { z } from "zod";

/** Web Crypto is everywhere. */
export const POST = route(
  {
    summary: "The SHA-256 of a text",
    body: z.object({ text: z.string().max(10_000) }),
    output: z.object({ sha256: z.string() }),
  },
  async ({ body }) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body.text));
    const pairs = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
    return { sha256: pairs.join("") };
  },
);
