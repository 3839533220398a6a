import { route } from "@openspeed/core";

export const POST = route(() => "create");
export const GET = route(() => "list");
