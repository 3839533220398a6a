import { publicAccess } from "@openspeed/core";

// What every route below this folder uses: here, that anyone may call them. A guard would stand here as well.
export default [publicAccess()];
