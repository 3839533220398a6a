import { route } from "@openspeed/core";

export const columns = ["id"];
export const GET = route(() => columns);
