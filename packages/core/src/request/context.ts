export interface Context {
  readonly request: Request; readonly method: string; readonly path: string; readonly signal: AbortSignal;
  header(name: string): string | null;
  waitUntil(work: Promise<unknown>): void;
}
