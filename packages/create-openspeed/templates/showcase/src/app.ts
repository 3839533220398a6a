import { createApp } from "@openspeed/core";
import routes from "../.openspeed/routes.ts";

/** Strict: a route that does not say who may call it does not start. */
export const app = createApp({ routes, strict: true });
