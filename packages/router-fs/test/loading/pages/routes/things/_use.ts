import { publicAccess } from "@openspeed/core";

export default [publicAccess()];
