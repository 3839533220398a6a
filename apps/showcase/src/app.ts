import { type App, createApp } from "@openspeed/core";
import { health } from "@openspeed/core/health";
import { openapi } from "@openspeed/openapi";
import { reference } from "@openspeed/openapi/reference";
import { playground } from "@openspeed/playground";
import { csrf, requestId, secureHeaders } from "@openspeed/security";
import routes from "../.openspeed/routes.ts";
import { db } from "./providers.ts";

export const app: App = createApp({
  routes,
  strict: true,
  use: [requestId(), secureHeaders(), csrf()],
  plugins: [
    openapi({ title: "Desk", description: "A support desk for several organisations." }),
    reference(),
    playground({ title: "Desk" }),
  ],
});

app.mount(health({ use: [db], checks: { database: ({ db }) => db.execute("select 1") } }));
