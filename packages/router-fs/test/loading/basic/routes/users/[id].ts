import { route } from "@openspeed/core";

export const DELETE = route(() => "delete");
export const PATCH = route(() => "change");
export const GET = route(() => "one");
export const PUT = route(() => "put");
export const HEAD = route(() => undefined);
export const OPTIONS = route(() => undefined);
