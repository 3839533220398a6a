import { readAnswer, type Answer } from "./answer.ts";
import { AnswerMismatch, describeMismatch, placeOf } from "./failure.ts";
import { mismatches, show } from "./subset.ts";
import type { Expected, ExpectedProblem } from "./types.ts";

/**
 * One request and what is expected of its answer. The request is on its way as soon as it is made; awaiting gives the
 * answer, or throws the first assertion that failed. An assertion nobody awaits still fails, as an unhandled rejection.
 */
export interface Exchange<Value = unknown, Problem extends string = string> extends PromiseLike<Answer<Value>> {
  /** The status, and what the value has at least: properties may be more, items may not. A `RegExp` matches text. */
  expect(status: number, value?: Expected<Value>): this;
  /** A problem document, by its name or status, and what it has at least. */
  expectProblem(problem: Problem | number, document?: ExpectedProblem): this;
  /** A header's value; `null` means that it is absent. */
  expectHeader(name: string, value: string | RegExp | null): this;
}

type Check = (answer: Answer) => AnswerMismatch | undefined;

/** `request` names the request in messages: `GET /tickets/42`. */
export function createExchange(request: string, response: Promise<Response>): Exchange {
  let result = response.then(readAnswer);

  function after(check: Check): typeof exchange {
    const place = placeOf(new Error());
    result = result.then((answer) => {
      const failure = check(answer);
      if (failure !== undefined) throw place(failure);
      return answer;
    });
    return exchange;
  }

  const exchange: Exchange = {
    expect: (status, value) => after((answer) => ofValue(request, answer, status, value)),
    expectProblem: (problem, document) => after((answer) => ofProblem(request, answer, problem, document)),
    expectHeader: (name, value) => after((answer) => ofHeader(request, answer, name, value)),
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting an exchange is its purpose
    then: (fulfilled, rejected) => result.then(fulfilled, rejected),
  };
  return exchange;
}

function ofValue(request: string, answer: Answer, status: number, value: unknown): AnswerMismatch | undefined {
  if (answer.status !== status) {
    return new AnswerMismatch(
      describeMismatch(request, `expected status ${status}, got ${answer.status}`, answer),
      status,
      answer.status,
    );
  }
  if (value === undefined) return undefined;
  const places = mismatches(answer.value, value);
  if (places.length === 0) return undefined;
  return new AnswerMismatch(describeMismatch(request, "the value differs", answer, places), value, answer.value);
}

function ofProblem(
  request: string,
  answer: Answer,
  problem: string | number,
  document: ExpectedProblem | undefined,
): AnswerMismatch | undefined {
  const { problem: actual } = answer;
  if (actual === undefined) {
    return new AnswerMismatch(
      describeMismatch(request, `expected the problem ${problem}, got no problem document`, answer),
      problem,
      undefined,
    );
  }
  const known = typeof problem === "number" ? answer.status : actual.name;
  if (known !== problem) {
    return new AnswerMismatch(
      describeMismatch(request, `expected the problem ${problem}, got ${known}`, answer),
      problem,
      known,
    );
  }
  const places = mismatches(actual, { status: answer.status, ...document });
  if (places.length === 0) return undefined;
  return new AnswerMismatch(
    describeMismatch(request, `the problem ${problem} differs`, answer, places),
    document,
    actual,
  );
}

function ofHeader(
  request: string,
  answer: Answer,
  name: string,
  value: string | RegExp | null,
): AnswerMismatch | undefined {
  const actual = answer.headers.get(name);
  if (value instanceof RegExp ? actual !== null && value.test(actual) : actual === value) return undefined;
  const wanted = value instanceof RegExp ? `like ${value}` : value === null ? "absent" : show(value);
  const headline = `expected header ${name} ${wanted}, got ${actual === null ? "none" : show(actual)}`;
  return new AnswerMismatch(describeMismatch(request, headline, answer), value, actual);
}
