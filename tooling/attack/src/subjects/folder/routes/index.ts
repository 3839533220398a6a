import { route } from "@openspeed/core";
import { noted } from "../noted.ts";

export const GET = route({ use: [noted] }, (ctx) => ctx.noted("GET /", ctx));
