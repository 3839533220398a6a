import { type App, createApp } from "@openspeed/core";
import { csrf, secureHeaders } from "@openspeed/security";
import routes from "../.openspeed/routes.ts";

// The routes are a list of imports: no file system is read when this runs, so it runs where there is none. Answers tell browsers to
// be careful with them, and what another site makes a browser send is refused.
export const app: App = createApp({ routes, strict: true, use: [secureHeaders(), csrf()] });
