import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Problem, problem, provide } from "@openspeed/core";
import { openDatabase } from "./database/open.ts";
import { findOrganisation } from "./organisations.ts";
import { findTicket } from "./tickets/store.ts";

/** Where the tickets are kept: `DESK_DB`, or `.data/desk.db` beside this app. */
export function databaseFile(): string {
  const chosen = process.env["DESK_DB"];
  return chosen === undefined || chosen === ""
    ? fileURLToPath(new URL("../.data/desk.db", import.meta.url))
    : resolve(chosen);
}

/** One connection for the app's life; created and seeded at first start. */
export const db = provide("db", { scope: "app", dispose: (client) => client.close() }, () =>
  openDatabase(databaseFile()),
);

/** The organisation that a path names. */
export const organisation = provide(
  "organisation",
  { use: [db], problems: { noSuchOrganisation: problem(404, "No such organisation") } },
  async ({ db, params, fail }) => (await findOrganisation(db, String(params["org"]))) ?? fail.noSuchOrganisation(),
);

export const noSuchTicket: Problem<404, undefined> = problem(404, "No such ticket");

/** The ticket that a path names. */
export const ticket = provide(
  "ticket",
  { use: [db], problems: { noSuchTicket } },
  async ({ db, params, fail }) => (await findTicket(db, String(params["id"]))) ?? fail.noSuchTicket(),
);
