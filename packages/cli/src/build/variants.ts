import { readFile, stat, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { AssetFile, Coding } from "@openspeed/static";

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, ZSTD_c_compressionLevel } = zlib.constants;

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);
const zstd = promisify(zlib.zstdCompress);

/** Nobody waits for these: each is as small as its coding makes it. In the order in which they are offered. */
const compressors: readonly (readonly [
  coding: Coding,
  suffix: string,
  compress: (bytes: Buffer) => Promise<Buffer>,
])[] = [
  [
    "br",
    ".br",
    (bytes) => brotli(bytes, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  ],
  ["zstd", ".zst", (bytes) => zstd(bytes, { params: { [ZSTD_c_compressionLevel]: 19 } })],
  ["gzip", ".gz", (bytes) => gzip(bytes, { level: 9 })],
];

/** Less fits into the packets that are sent anyway. */
const SMALLEST = 1024;
/** What a variant must be smaller than, as a part of the file, to be worth its place. */
const WORTH = 0.9;

/**
 * Writes the variants of a built file that are worth it beside it, and tells which there are, with a tag of its content.
 *
 * @param place where the file lies
 */
export async function withVariants(asset: AssetFile, place: string): Promise<AssetFile> {
  const bytes = await readFile(place);
  const tag = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  const codings: Coding[] = [];
  if (bytes.length >= SMALLEST && (await gzip(bytes, { level: 1 })).length < bytes.length * WORTH)
    for (const [coding, suffix, compress] of compressors) {
      codings.push(coding);
      // One that the project brings along stays as it is.
      if (await isFile(place + suffix)) continue;
      await writeFile(place + suffix, await compress(bytes));
    }
  return { ...asset, tag, ...(codings.length > 0 && { codings }) };
}

function isFile(place: string): Promise<boolean> {
  return stat(place).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
