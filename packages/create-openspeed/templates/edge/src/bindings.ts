import { provide } from "@openspeed/core";
import { z } from "zod";

/** What the platform hands to the worker beside each request; elsewhere there is nothing, and the defaults count. */
const Bindings = z.object({ GREETING: z.string().default("Hello") });

export const bindings = provide("bindings", {}, ({ platform }) => Bindings.parse(platform ?? {}));
