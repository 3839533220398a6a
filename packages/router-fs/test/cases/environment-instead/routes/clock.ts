import { route } from "@openspeed/core";

export const PUT = route(() => "PUT");
