import type { Generator } from "./generator.ts";
import { go } from "./languages/go.ts";
import { php } from "./languages/php.ts";
import { python } from "./languages/python.ts";
import { rust } from "./languages/rust.ts";
import { server } from "./server/server.ts";
import { client } from "./typescript/client.ts";
import { zod } from "./zod/zod.ts";

/** What `--kind` can say. */
export const generators: readonly Generator[] = [client, server, zod, python, go, rust, php];
