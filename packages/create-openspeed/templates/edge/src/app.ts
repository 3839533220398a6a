import { type App, createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";

// The routes are a list of imports: no file system is read when this runs, so it runs where there is none.
export const app: App = createApp({ routes, strict: true });
