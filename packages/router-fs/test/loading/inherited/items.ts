import { middleware } from "@openspeed/core";

const named = (name: string) => middleware(name, {}, (_, next) => next());

export const outer = named("outer");
export const group = named("group");
export const inner = named("inner");
