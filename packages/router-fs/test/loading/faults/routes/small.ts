import { route } from "@openspeed/core";

export const get = route(() => "small");
