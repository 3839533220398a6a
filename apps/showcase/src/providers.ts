import { resolve } from "node:path";
import { policy, type Problem, problem, provide } from "@openspeed/core";
import { openDatabase } from "./database/open.ts";
import { findOrganisation } from "./organisations.ts";
import { findPerson } from "./people.ts";
import { idIn } from "./person-cookie.ts";
import { findNumbered, findTicket } from "./tickets/store.ts";
import { tallyOf } from "./tickets/tally.ts";

/** Where the tickets are kept: `DESK_DB`, or `.data/desk.db` in the folder that Desk is started in. */
export function databaseFile(): string {
  return resolve(process.env["DESK_DB"] || ".data/desk.db");
}

/** One connection for the app's life; created and seeded at first start. */
export const db = provide("db", { scope: "app", dispose: (client) => client.close() }, () =>
  openDatabase(databaseFile()),
);

/** Whether somebody can say who they are by picking a name: there is no sign-in yet, so only while developing. */
export const picking = provide("picking", { scope: "app" }, () =>
  ["development", "test"].includes(process.env["NODE_ENV"] ?? ""),
);

/** Who asks; `undefined` for a guest, who may look at everything but Desk's administration, and change nothing. */
export const person = provide("person", { use: [db, picking] }, async ({ db, picking, header }) => {
  const id = picking ? idIn(header("cookie")) : undefined;
  return id === undefined ? undefined : findPerson(db, id);
});

/** Who asks, where a guest has no business. */
export const member = provide(
  "member",
  {
    use: [person],
    problems: { guest: problem(403, "This needs a person") },
    meta: [policy({ kind: "person" })],
  },
  ({ person, fail }) => person ?? fail.guest("Guests can look at tickets, but not change anything."),
);

/** One of Desk's own. */
export const staff = provide(
  "staff",
  {
    use: [person],
    problems: { staffOnly: problem(403, "This is for Desk's staff") },
    meta: [policy({ kind: "staff" })],
  },
  ({ person, fail }) => (person?.role === "staff" ? person : fail.staffOnly("Ask one of Desk's own people to help.")),
);

/** The organisation that a path names. */
export const organisation = provide(
  "organisation",
  { use: [db], problems: { noSuchOrganisation: problem(404, "No such organisation") } },
  async ({ db, params, fail }) => (await findOrganisation(db, String(params["org"]))) ?? fail.noSuchOrganisation(),
);

export const noSuchTicket: Problem<404, undefined> = problem(404, "No such ticket");

/** The ticket that a path names by its id. */
export const ticket = provide(
  "ticket",
  { use: [db], problems: { noSuchTicket } },
  async ({ db, params, fail }) => (await findTicket(db, String(params["id"]))) ?? fail.noSuchTicket(),
);

/** The ticket that a path names by its organisation and number. */
export const numbered = provide(
  "numbered",
  { use: [db, organisation], problems: { noSuchTicket } },
  async ({ db, organisation, params, fail }) =>
    (await findNumbered(db, organisation.slug, Number(params["number"]))) ?? fail.noSuchTicket(),
);

/**
 * What is to do in the organisation that an address is about; `undefined` where it is about none. By the path and not by params,
 * which are read with everything else of the request: a query that is refused is shown within the menu too.
 */
export const tally = provide("tally", { use: [db, person] }, async ({ db, person, path }) => {
  const org = /^\/organisations\/([^/]+)/.exec(path)?.[1];
  return org === undefined ? undefined : tallyOf(db, org, person?.name);
});
