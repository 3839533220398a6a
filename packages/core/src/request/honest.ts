import { kernelProblems, type ProblemError, type Problems } from "../problem.ts";
import type { Writers } from "./declared.ts";

// Loaded in development and test, where what a route answers is held against what it declares.

/** Thrown where a route answers with something that it did not declare. */
export class DishonestResponse extends Error {
  constructor(message: string) {
    super(`${message} Declare it in the route's shape, or answer with what is declared.`);
    this.name = "DishonestResponse";
  }
}

/** @throws DishonestResponse for a status that the route did not declare */
export function checkStatus(status: number, writers: Writers | undefined, problems: Problems): void {
  if (status < 200 || status === 304 || writers?.has(status) === true) return;
  const statuses = Object.values(problems).map((problem) => problem.status);
  if (status >= 400 ? statuses.includes(status) : writers === undefined || status >= 300) return;
  throw new DishonestResponse(
    `Status ${status} is not declared (${[...(writers?.keys() ?? ["any success"]), ...statuses].join(", ")}).`,
  );
}

/** @throws DishonestResponse for a body where none is declared */
export function checkEmpty(status: number, content: unknown): void {
  if (content !== undefined) throw new DishonestResponse(`Status ${status} is declared to have no body.`);
}

/** @throws DishonestResponse for a problem that neither the route nor the kernel declares */
export function checkProblem({ problem, problemName }: ProblemError, key: string, problems: Problems): void {
  if (problems[problemName] === problem || Reflect.get(kernelProblems, problemName) === problem) return;
  throw new DishonestResponse(`${key} answered with the problem ${problemName}, which it does not declare.`);
}

/** What an error says is for those who run the app; only the kernel's own words about a dishonest route go out. */
export function publicWords(error: unknown): string | undefined {
  try {
    return error instanceof DishonestResponse ? error.message : undefined;
  } catch {
    return undefined; // what was thrown does not let itself be looked at
  }
}
