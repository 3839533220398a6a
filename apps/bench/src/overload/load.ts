// The clients' process. Open loop: requests are sent when they are due, whether or not those before were answered, so
// nobody who is slow makes fewer of them.
import { answer } from "../process/answer.ts";
import { quantile } from "../statistics.ts";
import { type Client, createClient } from "./socket.ts";

export type LoadQuestion =
  | { readonly do: "closed"; readonly port: number; readonly milliseconds: number; readonly path: string }
  | {
      readonly do: "open";
      readonly port: number;
      readonly milliseconds: number;
      /** Requests a second, by path. */
      readonly rates: Readonly<Record<string, number>>;
      /** What is answered later than this was answered for nobody. */
      readonly patience: number;
    };

/** Of the requests of one path. */
export interface Tally {
  readonly sent: number;
  /** 200 in time. */
  readonly served: number;
  readonly refused: number;
  readonly lacksRetryAfter: number;
  readonly servedP50: number;
  readonly servedP99: number;
  readonly refusedP50: number;
  readonly refusedP99: number;
}
export type LoadAnswer = Readonly<Record<string, Tally>>;

const CONNECTIONS = 32;
/** No more than this at once, so that a server that answers nobody does not take the whole machine. */
const MOST = 6000;

answer<null, LoadQuestion, LoadAnswer>(null, (question) =>
  question.do === "closed" ? closed(question) : open(question),
);

interface Outcome {
  readonly path: string;
  readonly latency: number;
  readonly status: number;
  readonly retryAfter: boolean;
}

/** Clients that send the next request when they have their answer: what the server can do at most. */
async function closed({ port, milliseconds, path }: LoadQuestion & { do: "closed" }): Promise<LoadAnswer> {
  const records: Outcome[] = [];
  const end = performance.now() + milliseconds;
  const clients = Array.from({ length: CONNECTIONS }, () => createClient(port));
  await Promise.all(
    clients.map(
      (client) =>
        new Promise<void>((resolve) => {
          const next = (): void => {
            const sent = performance.now();
            client.send(path, (answered) => {
              const now = performance.now();
              records.push({ path, latency: now - sent, status: answered?.status ?? 0, retryAfter: false });
              if (now < end && client.usable) next();
              else resolve();
            });
          };
          next();
        }),
    ),
  );
  for (const client of clients) client.close();
  return { [path]: tally(records, Number.POSITIVE_INFINITY) };
}

async function open({ port, milliseconds, rates, patience }: LoadQuestion & { do: "open" }): Promise<LoadAnswer> {
  const due = Object.entries(rates)
    .flatMap(([path, rate]) =>
      Array.from({ length: Math.round((rate * milliseconds) / 1000) }, (_, i) => ({ path, at: (i * 1000) / rate })),
    )
    .sort((a, b) => a.at - b.at);
  const records: Outcome[] = [];
  const idle: Client[] = [];
  const all = new Set<Client>();
  const begin = performance.now();
  let next = 0;

  function send(path: string): void {
    const keep = (latency: number, status: number, retryAfter: boolean): void => {
      records.push({ path, latency, status, retryAfter });
    };
    let client = idle.pop();
    while (client !== undefined && !client.usable) {
      all.delete(client);
      client = idle.pop();
    }
    if (client === undefined) {
      if (all.size >= MOST) return keep(Number.POSITIVE_INFINITY, 0, false);
      client = createClient(port);
      all.add(client);
    }
    const user = client;
    const sent = performance.now();
    user.send(path, (answered) => {
      keep(performance.now() - sent, answered?.status ?? 0, answered?.retryAfter ?? false);
      if (user.usable) idle.push(user);
      else all.delete(user);
    });
  }

  while (next < due.length) {
    const now = performance.now() - begin;
    for (let request = due[next]; request !== undefined && request.at <= now; request = due[next]) {
      send(request.path);
      next++;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  // Who is still waiting waits as long as anyone would.
  await new Promise((resolve) => setTimeout(resolve, patience));
  for (const client of all) client.close();
  const sent = Map.groupBy(due, ({ path }) => path);
  return Object.fromEntries(
    [...sent].map(([path, requests]) => [
      path,
      {
        ...tally(
          records.filter((record) => record.path === path),
          patience,
        ),
        sent: requests.length,
      },
    ]),
  );
}

function tally(records: readonly Outcome[], patience: number): Tally {
  const served = records.filter(({ status, latency }) => status === 200 && latency <= patience);
  const refused = records.filter(({ status }) => status === 503);
  const of = (list: readonly Outcome[], share: number): number =>
    quantile(
      list.map(({ latency }) => latency),
      share,
    );
  return {
    sent: records.length,
    served: served.length,
    refused: refused.length,
    lacksRetryAfter: refused.filter(({ retryAfter }) => !retryAfter).length,
    servedP50: of(served, 0.5),
    servedP99: of(served, 0.99),
    refusedP50: of(refused, 0.5),
    refusedP99: of(refused, 0.99),
  };
}
