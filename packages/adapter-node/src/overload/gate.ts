import type { IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import { kernelError, type Outcome, problemOutcome } from "@openspeed/core";
import { hasBody } from "../body.ts";
import { type Admission, createAdmission } from "./admission.ts";
import type { Sample } from "./concurrency.ts";
import { createShortage, memoryInUse } from "./memory.ts";
import type { Overload } from "./options.ts";
import { createQueue, type Queue } from "./queue.ts";
import { NORMAL, type Rank } from "./rank.ts";
import type { RankedRoutes } from "./ranked-routes.ts";

/** A request at the gate. */
export interface Guest {
  readonly req: IncomingMessage;
}

/** A request under way that is more to the gate than one of many. */
export interface Visit {
  readonly sample: Sample | undefined;
  counted: boolean;
  over: boolean;
}

export interface GateOptions<G extends Guest> {
  readonly overload: Overload;
  readonly routes: RankedRoutes;
  /** How many processes share the memory. */
  readonly processes: number;
  readonly serve: (guest: G) => void;
  readonly refuse: (guest: G, outcome: Outcome) => void;
}

/** How long one judgement of latencies takes. */
const INTERVAL_MS = 100;
/** While all is well a turn of the loop is looked at this often. */
const LOOK_MS = 2;
/** A turn that takes longer makes those queue up that come after it. */
const LONG_TURN_MS = 4;
/** How long requests of the queue are served before the loop goes round and takes what has arrived. */
const SLICE_MS = 2;
/** Connections are accepted one a turn. While they come, the queue waits, but not for longer. */
const ACCEPTING_MS = 4;
/** Slices in a row that leave nothing behind end the queue. */
const SHORT_SLICES = 16;
/** Between two requests whose time is taken. */
const SAMPLE_MS = 1;
const MEMORY_MS = 500;
/** From so many in flight on every request is looked at. */
const MANY = 64;
/** How many different `Retry-After` there are, so that those who were refused together do not come back together. */
const SPREAD = 3;
/** For how long a refusal is overload. */
const TOLD_MS = 1000;

/** The event loop's turn: not looked at, its end awaited, about to begin with the next request, or begun. */
type Turn = "unknown" | "ending" | "fresh" | "open";

/**
 * Lets requests in. While all is well they are served as they come, and it is looked so rarely whether all is well that it
 * costs nothing: the time of the latest answer, which is taken anyway, says when. When turns of the event loop get long,
 * requests queue up here, where their wait is known, and the loop goes round between them: handlers that run one after the
 * other in one turn would leave new requests, and above all new connections, unseen for as long.
 */
export class Gate<G extends Guest> {
  /** When the latest answer was written. */
  latest = 0;
  readonly refused: { low: number; normal: number; critical: number } = { low: 0, normal: 0, critical: 0 };
  readonly #options: GateOptions<G>;
  readonly #admission: Admission;
  readonly #queue: Queue<G> | undefined;
  readonly #refusals: readonly Outcome[];
  readonly #many: number;
  readonly #timer: NodeJS.Timeout | undefined;
  #refusal = 0;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #turn: Turn = "unknown";
  #began = 0;
  #due = 0;
  #sampleDue = 0;
  #queueing = false;
  #scheduled = false;
  #accepted = false;
  #servedAt = 0;
  #shortSlices = 0;

  constructor(options: GateOptions<G>) {
    const { delay, concurrency, memory, retryAfter } = options.overload;
    this.#options = options;
    this.#admission = createAdmission(
      concurrency && { ...concurrency, interval: INTERVAL_MS, tolerance: delay ?? INTERVAL_MS / 5 },
    );
    this.#queue =
      delay === undefined ? undefined : createQueue({ target: delay, rankOf: (guest) => this.#rankOf(guest) });
    this.#refusals = Array.from({ length: SPREAD }, (_, i) =>
      problemOutcome(kernelError("overloaded", undefined, { headers: ["retry-after", `${retryAfter * (i + 1)}`] })),
    );
    this.#many = Math.min(MANY, (concurrency?.max ?? MANY) / 2);
    if (memory === undefined) return;
    const isShort = createShortage(memory);
    this.#timer = setInterval(() => {
      this.#admission.memoryShort = isShort(memoryInUse(options.processes));
      if (this.#admission.memoryShort) this.#due = 0;
    }, MEMORY_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Whether requests were refused just now. */
  get overloaded(): boolean {
    return performance.now() - this.#refusedAt < TOLD_MS;
  }
  get inFlight(): number {
    return this.#admission.inFlight;
  }
  /** Whether a request must be handed to {@link arrive}; mostly it is served without. */
  get looks(): boolean {
    return this.latest >= this.#due || this.#admission.inFlight >= this.#many;
  }

  /** A connection was accepted. */
  accepted(): void {
    this.#accepted = true;
  }

  arrive(guest: G): void {
    const now = performance.now();
    this.latest = now;
    this.#admission.tick(now);
    if (this.#queueing) {
      this.#queue?.push(guest, now);
      this.#schedule();
      return;
    }
    this.#measureTurn(now);
    this.#admit(guest, undefined);
  }

  /**
   * A request has no outcome yet. Hand what this gives to {@link leave}.
   *
   * @param whole whether its body is being read to its end, and nothing is done before
   */
  enter(req: IncomingMessage, whole: boolean): Visit | undefined {
    const withBody = hasBody(req);
    const sampled = this.latest >= this.#sampleDue;
    if (!withBody && !sampled) {
      this.#admission.inFlight++;
      return undefined;
    }
    const visit: Visit = { sample: sampled ? this.#sample(req) : undefined, counted: false, over: false };
    if (!withBody) this.#count(visit);
    // Most bodies: one listener instead of three.
    else if (whole) req.once("end", () => this.#count(visit));
    else this.#follow(req, visit);
    return visit;
  }

  /**
   * A client may take its time to send: what waits for it is no load, and no latency of ours. What does not read its body, or
   * works on what has come of it, is both; else a body that nobody wants would be a way around all limits.
   */
  #follow(req: IncomingMessage, visit: Visit): void {
    if (req.readableFlowing !== true) this.#count(visit);
    req.on("resume", () => this.#uncount(visit));
    req.on("pause", () => this.#count(visit));
    req.on("end", () => this.#count(visit));
  }

  leave(visit: Visit | undefined): void {
    if (visit !== undefined) {
      visit.over = true;
      if (!visit.counted) return;
      if (visit.sample !== undefined) this.#admission.end(visit.sample, performance.now());
    }
    this.#admission.inFlight--;
  }

  #sample({ method = "GET", url = "/" }: IncomingMessage): Sample {
    this.#sampleDue = performance.now() + SAMPLE_MS;
    return { key: this.#options.routes.keyOf(method, url), start: 0 };
  }

  #count(visit: Visit): void {
    if (visit.over || visit.counted) return;
    visit.counted = true;
    this.#admission.inFlight++;
    if (visit.sample === undefined) return;
    visit.sample.start = performance.now();
    this.#admission.begin(visit.sample);
  }

  #uncount(visit: Visit): void {
    if (visit.over || !visit.counted) return;
    visit.counted = false;
    this.#admission.inFlight--;
    if (visit.sample !== undefined) this.#admission.forget(visit.sample);
  }

  #rankOf({ req: { method = "GET", url = "/" } }: G): Rank {
    return this.#options.routes.rankOf(method, url);
  }

  #admit(guest: G, known: Rank | undefined): void {
    const rank = known ?? (this.#admission.selects ? this.#rankOf(guest) : NORMAL);
    if (this.#admission.admits(rank)) this.#options.serve(guest);
    else this.#refuse(guest, rank);
  }

  #refuse(guest: G, rank: Rank): void {
    this.refused[(["low", "normal", "critical"] as const)[rank]]++;
    this.#refusedAt = performance.now();
    this.#refusal = (this.#refusal + 1) % SPREAD;
    this.#options.refuse(guest, this.#refusals[this.#refusal] ?? problemOutcome(kernelError("overloaded")));
  }

  /** While nothing queues: how long it takes to serve all that the loop hands over at once. */
  #measureTurn(now: number): void {
    if (this.#turn === "open" || this.#turn === "ending") return;
    if (this.#turn === "fresh") {
      this.#turn = "open";
      this.#began = now;
    } else {
      this.#turn = "ending";
      this.#due = Number.POSITIVE_INFINITY;
    }
    setImmediate(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    const now = performance.now();
    if (this.#turn === "open" && now - this.#began > LONG_TURN_MS && this.#queue !== undefined) {
      this.#queueing = true;
      this.#shortSlices = 0;
      this.#due = 0;
      this.#turn = "unknown";
      return;
    }
    const rest = this.#turn === "open" && this.#admission.calm;
    this.#turn = rest ? "unknown" : "fresh";
    this.#due = rest ? now + LOOK_MS : 0;
  };

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#serveSlice);
  }

  readonly #serveSlice = (): void => {
    this.#scheduled = false;
    const queue = this.#queue;
    if (queue === undefined) return;
    let now = performance.now();
    if (this.#accepted && now - this.#servedAt < ACCEPTING_MS) {
      this.#accepted = false;
      this.#schedule();
      return;
    }
    this.#accepted = false;
    for (const end = now + SLICE_MS; now < end; now = performance.now()) {
      const taken = queue.take(now);
      if (taken === undefined) break;
      if (taken.refused) this.#refuse(taken.item, taken.rank ?? NORMAL);
      else this.#admit(taken.item, taken.rank);
    }
    this.#servedAt = now;
    if (queue.length > 0) {
      this.#shortSlices = 0;
      this.#schedule();
    } else if (++this.#shortSlices >= SHORT_SLICES && !queue.shedding) {
      this.#queueing = false;
      this.#due = 0;
    }
  };
}
