import { route } from "@openspeed/core";

export default route(() => "answered");
export const GET = route(() => "GET");
