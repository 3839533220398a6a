import type { Generator } from "./generator.ts";
import { server } from "./server/server.ts";
import { client } from "./typescript/client.ts";
import { zod } from "./zod/zod.ts";

/** What `--kind` can say. */
export const generators: readonly Generator[] = [client, server, zod];
