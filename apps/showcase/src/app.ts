import { type App, createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";

export const app: App = createApp({ routes, strict: true });
