import { publicAccess } from "@openspeed/core";

// Desk has no accounts yet: everything is open, and says so.
export default [publicAccess()];
