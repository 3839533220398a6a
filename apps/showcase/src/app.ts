import { type App, createApp } from "@openspeed/core";
import { routesFrom } from "@openspeed/router-fs";

export const app: App = createApp({
  routes: await routesFrom(new URL("../routes/", import.meta.url)),
  strict: true,
});
