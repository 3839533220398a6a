import { makeNonce } from "./csp.ts";
import { closeDocument, openDocument } from "./document.ts";
import { PageError } from "./fault.ts";
import { type Head, mergeHeads, writeHead, writeStylesheets } from "./head.ts";
import type { Stand } from "./page.ts";
import { compose, layerHeads, renderOptions, type Scene } from "./render.ts";
import type { Inside } from "./stand-in.ts";

/** The element in whose place the loading view stands until the content comes. */
const HOLE = "os-hole";
const STYLE = { style: { display: "contents" } };

export interface Stages {
  readonly loading: Stand<"loading">;
  /** What is known about the document before the loader has answered; `undefined` if the page says it afterwards. */
  readonly head: Head | undefined;
  readonly content: () => Promise<Inside>;
  /** What is shown when there is no content. */
  readonly failed: (error: unknown) => Promise<Inside>;
  /** What is shown when that fails too. */
  readonly plain: (error: unknown) => Inside;
  /** Told of every error, declared problems included. */
  readonly report: (error: unknown) => void;
}

/**
 * A document in two stages, in order and without a script: the layouts with the loading view are sent at once, then the
 * content. The loading view is the fallback of a slot in a declarative shadow root (HTML §4.12.3), so it gives way as soon as
 * the first of the content arrives.
 *
 * The layouts are rendered twice, because content is rendered within them: what a layout provides reaches it.
 */
export async function* renderStaged(scene: Scene, stages: Stages): AsyncGenerator<string, void> {
  const { renderer, client, nonce } = scene;
  const token = makeNonce();
  const early =
    stages.head === undefined
      ? { ...mergeHeads(layerHeads(scene)), title: undefined }
      : mergeHeads([...layerHeads(scene), stages.head]);

  const end = renderer.element("template", { "data-end": token });
  const loading = renderer.element(stages.loading.view, { url: scene.url });
  const [before, waiting] = await firstStage(scene, hole(scene, token, loading, end), token);
  yield `${openDocument(early, client, nonce)}${before}<template shadowrootmode="open">${writeStylesheets(early, nonce)}<slot>${waiting}</slot></template>`;

  const options = renderOptions(scene);
  let begun = false;
  async function* stage({ element, heads }: Inside): AsyncGenerator<string, void> {
    const stream = await renderer.stream(compose(scene, hole(scene, token, element)), options);
    const title = stages.head === undefined ? mergeHeads([...layerHeads(scene), ...heads]).title : undefined;
    begun = true;
    yield writeHead({ ...mergeHeads(heads), title }, nonce);
    yield* after(stream, token);
  }

  const attempts = [stages.content, () => stages.failed(cause), () => Promise.resolve(stages.plain(cause))];
  let cause: unknown;
  for (const attempt of attempts) {
    try {
      yield* stage(await attempt());
      break;
    } catch (error) {
      cause ??= error;
      stages.report(error);
      // What has begun cannot be taken back; a rendering that began does not fail.
      if (begun) break;
    }
  }
  yield closeDocument(client, nonce, options.islands);
}

function hole({ renderer }: Scene, token: string, ...children: readonly unknown[]): unknown {
  return renderer.element(HOLE, { ...STYLE, "data-hole": token }, ...children);
}

/** The layouts up to and with the opened hole, and the loading view. */
async function firstStage(
  scene: Scene,
  inside: unknown,
  token: string,
): Promise<readonly [before: string, loading: string]> {
  const report = scene.report;
  let left = false;
  const options = renderOptions({ ...scene, report: (error) => left || report(error) });
  let text = "";
  for await (const chunk of await scene.renderer.stream(compose(scene, inside), options)) {
    text += chunk;
    const [opened, end] = [openedAt(text, token), text.indexOf(`<template data-end="${token}"`)];
    if (opened === -1 || end === -1) continue;
    left = true; // what is cut off now was not wanted
    return [text.slice(0, opened), text.slice(opened, end)];
  }
  throw new PageError("OS_LAYOUT_CHILDREN", "A layout does not render its children, so its page has no place.");
}

/** Where the hole's inside begins, −1 if it has not come yet. */
function openedAt(text: string, token: string): number {
  const attribute = text.indexOf(`data-hole="${token}"`);
  return attribute === -1 ? -1 : text.indexOf(">", attribute) + 1 || -1;
}

/** What comes after the opened hole. */
async function* after(chunks: AsyncGenerator<string, void>, token: string): AsyncGenerator<string, void> {
  let text: string | undefined = "";
  for await (const chunk of chunks) {
    if (text === undefined) {
      yield chunk;
      continue;
    }
    text += chunk;
    const opened = openedAt(text, token);
    if (opened === -1) continue;
    yield text.slice(opened);
    text = undefined;
  }
}
