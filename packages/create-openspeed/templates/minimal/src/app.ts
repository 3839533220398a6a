import { createApp } from "@openspeed/core";
import { csrf, secureHeaders } from "@openspeed/security";
import routes from "../.openspeed/routes.ts";

/**
 * Strict: a route that does not say who may call it does not start. Answers tell browsers to be careful with them, and what another
 * site makes a browser send is refused.
 */
export const app = createApp({ routes, strict: true, use: [secureHeaders(), csrf()] });
