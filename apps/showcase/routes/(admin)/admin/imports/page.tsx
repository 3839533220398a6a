import { route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { listImports } from "../../../../src/imports.ts";
import { db } from "../../../../src/providers.ts";
import { AdminImports } from "../../../../src/ui/admin-imports.tsx";

export const loader = route({ use: [db] }, async ({ db }) => ({ imports: await listImports(db) }));

export default page({ loader, head: { title: "Imports" } }, ({ imports, url }) => (
  <AdminImports imports={imports} origin={url.origin} />
));
