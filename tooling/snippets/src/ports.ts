import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { json } from "node:stream/consumers";

/** Which ports the processes of a project got for those that they asked for. */
export interface Ports extends AsyncDisposable {
  /** Where processes tell it: see listen.ts. */
  readonly control: number;
  /** Resolves when a process of this step listens. */
  readonly listening: (step: string) => Promise<void>;
  /** `localhost:3000` as it can be reached now. */
  readonly real: (text: string) => string;
  /** `localhost:41234` as the document has it. */
  readonly written: (text: string) => string;
}

interface Told {
  readonly step: string;
  readonly asked: number;
  readonly given: number;
}

export async function openPorts(): Promise<Ports> {
  const given = new Map<number, number>();
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const wait = (step: string): PromiseWithResolvers<void> =>
    waiting.getOrInsertComputed(step, () => Promise.withResolvers());
  const server: Server = createServer((socket) => {
    void json(socket).then((told) => {
      const { step, asked, given: port } = told as Told;
      given.set(asked, port);
      wait(step).resolve();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: control } = server.address() as AddressInfo;
  const replaced = (text: string, pairs: Iterable<readonly [number, number]>): string =>
    [...pairs].reduce((sofar, [from, to]) => sofar.replaceAll(new RegExp(`:${from}\\b`, "g"), `:${to}`), text);
  return {
    control,
    listening: (step) => wait(step).promise,
    real: (text) => replaced(text, given),
    written: (text) =>
      replaced(
        text,
        [...given].map(([asked, port]) => [port, asked] as const),
      ),
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}
