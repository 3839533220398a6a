import { type App, createApp } from "@openspeed/core";
import { openapi } from "@openspeed/openapi";
import { reference } from "@openspeed/openapi/reference";
import { playground } from "@openspeed/playground";
import { csrf, requestId, secureHeaders } from "@openspeed/security";
import routes from "../.openspeed/routes.ts";

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
