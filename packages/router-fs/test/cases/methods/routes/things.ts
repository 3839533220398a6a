import { route } from "@openspeed/core";

export const OPTIONS = route(() => "OPTIONS");
export const DELETE = route(() => "DELETE");
export const PATCH = route(() => "PATCH");
export const PUT = route(() => "PUT");
export const POST = route(() => "POST");
export const HEAD = route(() => "HEAD");
export const GET = route(() => "GET");
