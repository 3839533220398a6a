import { route } from "@openspeed/core";

export const GET = route(() => "GET");
export const columns = ["id"];
