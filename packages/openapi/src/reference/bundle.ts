/** Scalar's browser bundle, as it lies in the installed package. */

export interface Bundle {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of its content. */
  readonly version: string;
}

/** @throws Error `OS_OPENAPI_REFERENCE` where it cannot be read */
export async function readBundle(given: URL | undefined): Promise<Bundle> {
  try {
    const { readFile } = await import("node:fs/promises");
    const bytes = await readFile(given ?? installed());
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const version = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return { bytes, version };
  } catch (cause) {
    throw new Error(
      "OS_OPENAPI_REFERENCE: Scalar's browser bundle cannot be read. Run npm install @scalar/api-reference, or give its place: reference({ bundle: new URL(…) }).",
      { cause },
    );
  }
}

/** The package exports no path to it, but it lies beside what it does export. */
function installed(): URL {
  return new URL("./browser/standalone.js", import.meta.resolve("@scalar/api-reference"));
}
