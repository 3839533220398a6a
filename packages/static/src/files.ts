import {
  type Context,
  type ItemContext,
  kernelError,
  provide,
  type Reply,
  type Route,
  route,
  type RouteTypes,
  type Use,
} from "@openspeed/core";
import { answer, NOT_FOUND, problems } from "./answer.ts";
import { cacheControl, type Lifetime } from "./caching.ts";
import { closeDescriptor, type OpenFile } from "./descriptor.ts";
import { FilesError } from "./fault.ts";
import { mediaTypeOf } from "./media-type.ts";
import { askedPath, isServable } from "./name.ts";
import { isOpen, openFile } from "./open.ts";
import { type FilesOptions, type Rules, rulesOf } from "./options.ts";
import { redirectBelow } from "./redirect.ts";
import { openRoot, type Root, rootName } from "./root.ts";
import { select } from "./select.ts";

export type FilesRoute<U extends readonly Use[]> = Route<
  RouteTypes<U, undefined, undefined, undefined, undefined, undefined, undefined, Reply, typeof problems>
>;

/**
 * The files of a folder as a route: mount it at a path that ends in a rest, whose text is a file's path below the root. The
 * root is opened when the app starts, which fails if there is none.
 *
 * @throws FilesError `OS_FILES_OPTION` where an option says nothing sensible
 *
 * @example
 * app.get("/assets/*path", files({ root: new URL("../public/", import.meta.url), use: [publicAccess()] }));
 */
export function files<const U extends readonly Use[] = []>(options: FilesOptions<U>): FilesRoute<U> {
  return makeFiles(options);
}

/** @param below where to, from there, the path of the root itself leads if it has no slash at its end. Default: to its index */
export function makeFiles<const U extends readonly Use[]>(options: FilesOptions<U>, below?: string): FilesRoute<U> {
  const rules = rulesOf(options);
  const root = provide("fileRoot", { scope: "app" }, () => openChecked(rules));
  const { use = [], summary = `Files of ${rootName(options.root)}` } = options;
  const { kind, shape, run } = route({ use: [root], problems, summary }, (ctx) =>
    serve(ctx, ctx.fileRoot, rules, below ?? rules.index ?? ""),
  );
  return { kind, run, shape: { ...shape, use: [...use, root] } };
}

async function openChecked(rules: Rules): Promise<Root> {
  const root = await openRoot(rules);
  const { fallback } = rules;
  if (fallback === undefined) return root;
  const found = await openFile(root, fallback, () => {});
  if (!isOpen(found))
    throw new FilesError(
      "OS_FILES_OPTION",
      `files({ fallback }) is ${JSON.stringify(fallback)}, and ${root.path} has no such file that may be served.`,
    );
  closeDescriptor(found.fd);
  return root;
}

type Request = Context & Pick<ItemContext, "params">;

async function serve(request: Request, root: Root, rules: Rules, below: string): Promise<Reply> {
  const { path, report, header } = request;
  const { index, fallback } = rules;
  const asked = askedPath(request.params, path);
  if (asked === undefined || !isServable(asked, root.hidden)) throw NOT_FOUND;

  const isFolder = asked === "" || asked.endsWith("/");
  const name = isFolder ? asked + (index ?? "") : asked;
  const found = isFolder && index === undefined ? undefined : await openFile(root, name, report);
  if (isOpen(found)) {
    if (path.endsWith("/") || !isFolder) return send(request, root, rules, name, found, []);
    closeDescriptor(found.fd);
    return redirectBelow(request, below, cacheControl(request, undefined));
  }
  if (found === "folder" && index !== undefined) {
    const indexed = await openFile(root, `${name}/${index}`, report);
    if (isOpen(indexed)) {
      closeDescriptor(indexed.fd);
      return redirectBelow(request, "", cacheControl(request, undefined));
    }
  }
  if (fallback !== undefined && isNavigation(header)) {
    const page = await openFile(root, fallback, report);
    if (isOpen(page)) return send(request, root, { ...rules, ...UNSETTLED }, fallback, page, NAVIGATION);
  }
  throw fallback === undefined ? NOT_FOUND : NOT_FOUND_HERE;
}

/** What answers in place of what is not there may give way to it any time. */
const UNSETTLED = { isImmutable: () => false, maxAge: undefined } as const;
const NAVIGATION = ["sec-fetch-mode", "accept"];
/** The other answer to what is a navigation or is none. */
const NOT_FOUND_HERE = kernelError("notFound", undefined, { headers: ["vary", NAVIGATION.join(", ")] });

/** Whether a person goes to this address (Fetch Metadata §2.2), as far as older browsers tell. */
function isNavigation(header: Context["header"]): boolean {
  const mode = header("sec-fetch-mode");
  return mode === null ? /\btext\/html\b/i.test(header("accept") ?? "") : mode === "navigate";
}

async function send(
  request: Request,
  root: Root,
  { codings, csp, isImmutable, maxAge }: Rules,
  name: string,
  file: OpenFile,
  chosenBy: readonly string[],
): Promise<Reply> {
  const lifetime: Lifetime = isImmutable(name) ? "immutable" : maxAge;
  const vary = codings.length === 0 ? chosenBy : [...chosenBy, "accept-encoding"];
  const described = { type: mediaTypeOf(name), lifetime, csp, vary: vary.join(", ") || undefined, tag: undefined };
  const selected =
    codings.length === 0 ? { file, coding: undefined } : await select(root, name, file, codings, request);
  return answer(request, selected, described);
}
