import { publicAccess } from "@openspeed/core";

// A folder in parentheses is not part of the path: it is there for what its routes have in common.
export default [publicAccess()];
