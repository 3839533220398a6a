import type { Client, InStatement } from "@libsql/client";
import { uuid7 } from "../identifier.ts";
import { createOrganisation } from "../organisations.ts";
import { type Insert, insertStatements } from "../tickets/store.ts";
import { Priority, type State } from "../tickets/ticket.ts";
import { answers, customers, replies } from "./seed-people.ts";
import { type Business, businesses, type Topic } from "./seed-text.ts";

const TICKETS_EACH = 75;
const OPENED = Date.UTC(2025, 8, 1, 8);
const DAY = 86_400_000;

interface Chance {
  /** From 0 to 1. */
  readonly next: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Fills an empty database with four organisations and 300 tickets: the same ones every time. */
export async function seed(db: Client): Promise<void> {
  const chance = chanceFrom(20260105);
  for (const business of businesses) {
    await createOrganisation(db, business, new Date(OPENED - 30 * DAY));
    const tickets = ticketsOf(business, chance);
    await db.batch(
      [
        ...insertStatements(business.slug, tickets),
        ...tickets.flatMap((ticket) => commentsOn(ticket, business, chance)),
      ],
      "write",
    );
  }
}

function ticketsOf(business: Business, chance: Chance): Insert[] {
  const times = Array.from({ length: TICKETS_EACH }, () => OPENED + Math.floor(chance.next() * 130 * DAY)).sort(
    (a, b) => a - b,
  );
  return times.map((time, index) => {
    const age = (TICKETS_EACH - index) / TICKETS_EACH;
    const topic = chance.pick(business.topics);
    const state = stateAt(age, chance);
    const customer = chance.pick(customers);
    const updated = state === "open" ? time : time + Math.floor(chance.next() * 6 * DAY);
    return {
      id: uuid7(time, chance.next),
      title: filled(topic.title, chance),
      description: filled(topic.description, chance),
      state,
      priority: priorityOf(topic, chance),
      requester: addressOf(customer),
      assignee: state === "open" && chance.next() < 0.5 ? null : chance.pick(business.agents),
      tags: chance.next() < 0.12 ? [...topic.tags, "vip"] : [...topic.tags],
      createdAt: new Date(time).toISOString(),
      updatedAt: new Date(updated).toISOString(),
    };
  });
}

function commentsOn(ticket: Insert, business: Business, chance: Chance): InStatement[] {
  const count = ticket.state === "open" ? Math.floor(chance.next() * 2) : 1 + Math.floor(chance.next() * 4);
  const from = Date.parse(ticket.createdAt);
  const step = (Date.parse(ticket.updatedAt) - from) / Math.max(1, count);
  return Array.from({ length: count }, (_, index) => {
    const time = Math.floor(from + step * (index + 1));
    const byAgent = index % 2 === 0;
    const author = byAgent ? (ticket.assignee ?? chance.pick(business.agents)) : ticket.requester;
    return {
      sql: "INSERT INTO comments (id, ticket, author, body, created_at) SELECT ?, row, ?, ?, ? FROM tickets WHERE id = ?",
      args: [
        uuid7(time, chance.next),
        author,
        chance.pick(byAgent ? answers : replies),
        new Date(time).toISOString(),
        ticket.id,
      ],
    };
  });
}

/** Old tickets are mostly done, new ones mostly not. */
function stateAt(age: number, chance: Chance): State {
  const luck = chance.next();
  if (age > 0.4) return luck < 0.6 ? "closed" : luck < 0.88 ? "solved" : luck < 0.95 ? "pending" : "open";
  return luck < 0.5 ? "open" : luck < 0.75 ? "pending" : luck < 0.92 ? "solved" : "closed";
}

function priorityOf(topic: Topic, chance: Chance): Priority {
  const luck = chance.next();
  const rank = topic.priority + (luck < 0.15 ? -1 : luck > 0.88 ? 1 : 0);
  return Priority.options[Math.min(4, Math.max(1, rank)) - 1] ?? "normal";
}

function filled(text: string, chance: Chance): string {
  return text.replace(/\{([^}]*)\}/g, (_, choices: string) => chance.pick(choices.split("|")));
}

function addressOf(name: string): string {
  const plain = name
    .normalize("NFD")
    .replaceAll("ı", "i")
    .replace(/[^A-Za-z ]/g, "")
    .toLowerCase();
  return `${plain.replaceAll(" ", ".")}@example.com`;
}

/** A small generator with a fixed start (mulberry32): not for secrets. */
function chanceFrom(start: number): Chance {
  let state = start;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(next() * list.length)];
    if (chosen === undefined) throw new RangeError("There is nothing to pick from.");
    return chosen;
  };
  return { next, pick };
}
