import { route } from "@openspeed/core";

export const get = route(() => "get");
