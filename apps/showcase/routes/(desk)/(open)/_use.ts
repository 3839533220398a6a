import { publicAccess } from "@openspeed/core";

// Tickets can be read by everybody who reaches Desk: there is no sign-in yet.
export default [publicAccess()];
