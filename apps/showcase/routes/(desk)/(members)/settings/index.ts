import { route } from "@openspeed/core";
import { redirect } from "@openspeed/pages";

export const GET = route(() => redirect("/settings/profile"));
