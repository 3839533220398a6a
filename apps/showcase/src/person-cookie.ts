/** The cookie that remembers which person was picked. It proves nothing, which is why picking is for development only. */
const NAME = "desk-person";

export function idIn(cookies: string | null): string | undefined {
  const id = cookies
    ?.split(";")
    .find((pair) => pair.trim().startsWith(`${NAME}=`))
    ?.split("=")[1];
  return id === undefined || id === "" ? undefined : id.trim();
}

/** Remembers a person until the browser closes; an empty id forgets. */
export function personCookie(id: string): string {
  return `${NAME}=${id}; Path=/; HttpOnly; SameSite=Lax${id === "" ? "; Max-Age=0" : ""}`;
}
