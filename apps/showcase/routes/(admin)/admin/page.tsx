import { route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { overview } from "../../../src/overview.ts";
import { db } from "../../../src/providers.ts";
import { AdminOverview } from "../../../src/ui/admin-overview.tsx";

export const loader = route({ use: [db] }, async ({ db }) => ({ overview: await overview(db) }));

export default page({ loader, head: { title: "Overview" } }, ({ overview }) => <AdminOverview overview={overview} />);
