import { route } from "@openspeed/core";
import { redirect } from "@openspeed/pages";

// They are listed at home.
export const GET = route(() => redirect("/", 308));
