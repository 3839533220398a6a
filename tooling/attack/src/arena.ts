/** Where attacks meet subjects: in this process and over its sockets, or in another one that `serve-subjects.ts` runs. */
import { serve } from "@openspeed/adapter-node";
import { type Entry, makeLedger, makeWitness } from "./ledger.ts";
import type { Attacked, Subject } from "./subject.ts";
import { fetchWay } from "./ways/fetch.ts";
import { handleWay } from "./ways/handle.ts";
import { rawWay } from "./ways/raw.ts";
import { socketWay } from "./ways/socket.ts";
import { startWay } from "./ways/start.ts";
import type { Way } from "./ways/way.ts";

export interface Arena {
  /** What the report calls it. */
  readonly name: string;
  /** Whether the platform's own server frames messages, with nothing of ours before it: how leniently it does is then told, and no fault. */
  readonly framesItself: boolean;
  readonly waysTo: (subject: string) => readonly Way[];
  /** What handlers have told since it was asked last. */
  readonly take: () => Promise<readonly Entry[]>;
  /** What has gone wrong beside all requests: an error that nobody caught, another process than before. */
  readonly failures: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

type Listen = (app: Attacked) => Promise<{ readonly port: number; readonly close: () => Promise<void> }>;
const listenOnNode: Listen = (app) => serve(app, { port: 0, signals: false, quiet: 0 });

/** This process: without a transport, through `fetch`, and over a socket of adapter-node. */
export async function openHere(subjects: readonly Subject[], listen: Listen = listenOnNode): Promise<Arena> {
  const ledger = makeLedger();
  const opened = await Promise.all(
    subjects.map(async ({ name, make }) => {
      const app = await make(makeWitness(ledger, name), ledger);
      const server = await listen(app);
      const ways = [handleWay(app), fetchWay(app), socketWay(server.port), rawWay(server.port), startWay()];
      return { name, ways, server };
    }),
  );
  return {
    name: "node, in process and adapter-node",
    framesItself: false,
    waysTo: (subject) => opened.find(({ name }) => name === subject)?.ways ?? [],
    take: () => Promise.resolve(ledger.take()),
    failures: () => Promise.resolve([]),
    async close() {
      for (const { ways } of opened) for (const way of ways) await way.close();
      await Promise.all(opened.map(({ server }) => server.close()));
    },
  };
}

/** What the control port of another process tells. */
export interface Served {
  /** `bun 1.4.5, Bun.serve` */
  readonly name: string;
  readonly pid: number;
  readonly ports: Readonly<Record<string, number>>;
  /** Whether the platform's own server reads requests, and targets as URLs, before the kernel does. */
  readonly readsUrls: boolean;
}

export interface Vitals {
  readonly pid: number;
  readonly rss: number;
  readonly failures: readonly string[];
}

/** No process that serves these subjects needs that much, whatever it is sent. */
const MOST_MEMORY = 1024 * 1024 * 1024;

/**
 * Subjects in another process, on whatever runtime; or any other server, of which only its answers to class C's frames are judged.
 *
 * @param url of its control port, or of the server
 */
export async function openThere(url: string): Promise<Arena> {
  const ask = async <T>(path: string): Promise<T> => (await fetch(new URL(path, url))).json() as Promise<T>;
  const served = await ask<Partial<Served>>("/subjects").catch((): Partial<Served> => ({}));
  return served.ports === undefined ? openStranger(new URL(url)) : openServed(served as Served, ask);
}

function openStranger({ host, port }: URL): Arena {
  const ways = [rawWay(Number(port || 80))];
  return {
    name: host,
    framesItself: false,
    waysTo: (subject) => (subject === "frames" ? ways : []),
    take: () => Promise.resolve([]),
    failures: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

function openServed({ name, pid, ports, readsUrls }: Served, ask: <T>(path: string) => Promise<T>): Arena {
  const ways = new Map(
    Object.entries(ports).map(([subject, port]) => [
      subject,
      [socketWay(port, readsUrls ? asUrl : undefined), rawWay(port)],
    ]),
  );
  return {
    name,
    framesItself: readsUrls,
    waysTo: (subject) => ways.get(subject) ?? [],
    take: () => ask<readonly Entry[]>("/ledger"),
    async failures() {
      const vitals = await ask<Vitals>("/vitals");
      return [
        ...vitals.failures,
        ...(vitals.pid === pid ? [] : ["another process answers"]),
        ...(vitals.rss > MOST_MEMORY ? [`${vitals.rss} bytes of memory`] : []),
      ];
    },
    async close() {
      for (const each of [...ways.values()].flat()) await each.close();
    },
  };
}

/** As the URL parser does, or without what stands before the path. */
function asUrl(_method: string, target: string): readonly string[] {
  const absolute = target.startsWith("/") ? `http://localhost${target}` : target;
  const cut = target.replace(/^https?:\/\/[^/?]*/i, "");
  if (!URL.canParse(absolute)) return [cut];
  const { pathname, search } = new URL(absolute);
  return [pathname + search, cut];
}
