import { route } from "@openspeed/core";

export const GET = route(({ params }) => ({ id: params["id"] }));
export const DELETE = route(() => undefined);
