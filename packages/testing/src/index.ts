export { AnswerMismatch } from "./failure.ts";
export { testApp } from "./test-app.ts";
export { transports } from "./transports.ts";
export type { Answer, ProblemDocument } from "./answer.ts";
export type { Exchange } from "./exchange.ts";
export type { RequestParts } from "./request.ts";
export type { Serve, Served, TestApp, TestAppOptions, TypedTestApp } from "./test-app.ts";
export type { Transport } from "./transports.ts";
export type { Expected, ExpectedProblem } from "./types.ts";
