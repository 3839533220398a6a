import { route } from "@openspeed/core";
import { noted } from "../../../noted.ts";

export const GET = route({ use: [noted] }, (ctx) => ctx.noted("GET /admin/users/:id", ctx));
export const DELETE = route({ use: [noted] }, (ctx) => ctx.noted("DELETE /admin/users/:id", ctx));
