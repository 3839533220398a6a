/** What a route's guards say about how callers prove who they are; kept for this tab, and in no history. */
import type { GraphRoute } from "@openspeed/core";
import { isObject } from "../form/schema.ts";

export interface Credential {
  /** The scheme's name. */
  readonly scheme: string;
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  /** What stands before it: `Bearer `. */
  readonly prefix: string;
  /** What is sent; empty for nothing. */
  readonly value: string;
}

export interface CredentialField {
  readonly scheme: string;
  readonly label: string;
  readonly in: Credential["in"];
  readonly name: string;
  readonly prefix: string;
}

/** The graph carries them under this key of a route's metadata: see `security` in @openspeed/core. */
export function credentialFields({ meta }: GraphRoute): readonly CredentialField[] {
  const fields = (meta["security"] ?? []).flatMap((said): CredentialField[] => {
    if (!isObject(said) || !isObject(said["scheme"])) return [];
    const scheme = String(said["name"]);
    const { type, in: place, name, scheme: kind } = said["scheme"];
    if (type === "http" && kind === "basic")
      return [{ scheme, label: "user:password", in: "header", name: "authorization", prefix: "Basic " }];
    if (type === "http" || type === "oauth2" || type === "openIdConnect")
      return [{ scheme, label: "Bearer token", in: "header", name: "authorization", prefix: "Bearer " }];
    if (type === "apiKey" && (place === "header" || place === "query" || place === "cookie"))
      return [{ scheme, label: `${place} ${String(name)}`, in: place, name: String(name), prefix: "" }];
    return [];
  });
  return [...new Map(fields.map((field) => [field.scheme, field])).values()];
}

const keyOf = (scheme: string): string => `openspeed-playground:credential:${scheme}`;

export function readCredential({ scheme }: CredentialField): string {
  return sessionStorage.getItem(keyOf(scheme)) ?? "";
}

export function keepCredential({ scheme }: CredentialField, text: string): void {
  if (text === "") sessionStorage.removeItem(keyOf(scheme));
  else sessionStorage.setItem(keyOf(scheme), text);
}

export function credentialsOf(route: GraphRoute): readonly Credential[] {
  return credentialFields(route).map((field) => {
    const text = readCredential(field);
    const sent = field.prefix === "Basic " ? btoa(text) : text;
    return {
      scheme: field.scheme,
      in: field.in,
      name: field.name,
      prefix: field.prefix,
      value: text === "" ? "" : field.prefix + sent,
    };
  });
}
