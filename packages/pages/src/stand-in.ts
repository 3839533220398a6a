import { kernelError, type Outcome, type Problem, ProblemError } from "@openspeed/core";
import type { Head } from "./head.ts";
import { loadView, type StandIn } from "./load.ts";
import type { PageProblem } from "./page.ts";
import type { Renderer } from "./renderer.ts";

/** The views that may stand in for a page. */
export interface StandIns {
  readonly source: string;
  readonly error?: StandIn<"error">;
  readonly notFound?: StandIn<"not-found">;
}

/** What is shown within the layouts, and what it says about the document. */
export interface Inside {
  readonly element: unknown;
  readonly heads: readonly Head[];
}

/** The view for a problem: that for 404, that for errors, or plain words. */
export function chooseStandIn(
  { error, notFound }: StandIns,
  status: number,
): StandIn<"error" | "not-found"> | undefined {
  return status === 404 ? (notFound ?? error) : error;
}

export async function standIn(renderer: Renderer, stands: StandIns, problem: PageProblem, url: URL): Promise<Inside> {
  const chosen = chooseStandIn(stands, problem.status);
  if (chosen === undefined) return plainWords(renderer, problem);
  const { view } = await loadView(chosen, chosen === stands.notFound ? "not-found" : "error", stands.source);
  return { element: renderer.element(view, { problem, url }), heads: [headFor(problem)] };
}

/** Where nobody wrote a view, or where it failed. */
export function plainWords(renderer: Renderer, problem: PageProblem): Inside {
  const { element } = renderer;
  const words = [
    element("h1", {}, problem.title),
    ...[problem.detail, problem.instance].filter((text) => text !== undefined).map((text) => element("p", {}, text)),
  ];
  return { element: element("section", {}, ...words), heads: [headFor(problem)] };
}

function headFor({ title }: PageProblem): Head {
  return { title, meta: [{ name: "robots", content: "noindex" }] };
}

/** What a thrown error says to the outside. */
export function problemOf(error: unknown): PageProblem & { readonly declared: boolean } {
  const declared = error instanceof ProblemError;
  const { problem, problemName, detail } = declared ? error : kernelError("internal");
  return { ...publicPart(problem, problemName, detail), declared };
}

function publicPart({ status, title }: Problem, name: string, detail: string | undefined): PageProblem {
  return { status, name, title, detail };
}

/** The document of a problem (RFC 9457), read back from an outcome. */
export interface ProblemDocument extends PageProblem {
  readonly data?: unknown;
  readonly errors?: ProblemError["errors"];
}

export function problemIn({ status, headers, body }: Outcome): ProblemDocument | undefined {
  if (status < 400 || typeof body !== "string") return undefined;
  const at = headers.indexOf("content-type");
  if (headers[at + 1] !== "application/problem+json") return undefined;
  // Written by the kernel from a declared problem.
  return JSON.parse(body) as ProblemDocument;
}
