import { route } from "@openspeed/core";

const functional = route(() => 1);
export { functional as GET };
