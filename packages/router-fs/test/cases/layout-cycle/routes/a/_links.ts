import { home } from "./_layout.ts";

export type Link = "/a";
export const links: readonly Link[] = [home];
