import { listOf, wrongOption } from "./wrong-option.ts";

/** Who may use what a browser offers, by feature: nobody (`[]`), the page itself, frames of these origins, or all (`"*"`). */
export type Permissions = { readonly [feature: string]: "*" | readonly ("self" | `https://${string}`)[] };

/** The value of `Permissions-Policy` (Permissions Policy §5.2): a structured dictionary (RFC 9651 §3.2). */
export function writePermissions(permissions: Permissions): string {
  return Object.entries(permissions)
    .map(([feature, allowed]) => {
      if (!/^[a-z][a-z\d-]*$/.test(feature))
        throw invalid(`${JSON.stringify(feature)} is no feature.`, "Write it as browsers do, such as camera.");
      if (allowed === "*") return `${feature}=*`;
      listOf(allowed, "OS_SECURE_HEADERS_INVALID", `secureHeaders({ permissions }): ${feature}`, '[] or ["self"]');
      return `${feature}=(${allowed.map((who) => member(feature, who)).join(" ")})`;
    })
    .join(", ");
}

function member(feature: string, who: string): string {
  if (who === "self") return who;
  if (URL.parse(who)?.origin !== who)
    throw invalid(
      `${feature} allows ${JSON.stringify(who)}.`,
      'Write "self", or an origin such as "https://maps.example".',
    );
  return JSON.stringify(who);
}

function invalid(wrong: string, mend: string): TypeError {
  return wrongOption("OS_SECURE_HEADERS_INVALID", `secureHeaders({ permissions }): ${wrong}`, mend);
}
