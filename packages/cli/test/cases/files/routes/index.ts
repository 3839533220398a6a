import { route } from "@openspeed/core";

export const GET = route(() => "home");
