/** A digest of parts, one after the other, in hexadecimal digits. */
export async function digest(
  algorithm: "SHA-256" | "SHA-1",
  ...parts: readonly (string | Uint8Array<ArrayBuffer>)[]
): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest(algorithm, await new Blob([...parts]).arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
