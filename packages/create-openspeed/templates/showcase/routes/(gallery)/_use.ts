import { publicAccess } from "@openspeed/core";

// Everybody may look.
export default [publicAccess()];
