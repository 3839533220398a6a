import { route } from "@openspeed/core";

export interface User {
  readonly name: string;
}
export type { Route } from "@openspeed/core";
export const GET = route((): User => ({ name: "Ada" }));
