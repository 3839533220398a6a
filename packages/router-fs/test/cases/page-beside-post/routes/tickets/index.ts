import { route } from "@openspeed/core";

export const DELETE = route(() => "DELETE");
