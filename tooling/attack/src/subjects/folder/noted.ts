import { type Context, port } from "@openspeed/core";

/** Tells the ledger that the handler of a route ran, by its key; files of routes cannot be given a witness. */
export type Noted = (key: string, ctx: Pick<Context, "header"> & { readonly params?: unknown }) => unknown;
export const noted = port<Noted>()("noted");
