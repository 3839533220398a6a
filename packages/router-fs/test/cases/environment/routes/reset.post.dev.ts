import { route } from "@openspeed/core";

export default route(() => "answered");
