/** A title as `test.each` makes it: `%s`, `%i`, `%d` and `%j` take the arguments in turn, `$name` a member of the first. */
export function titleOf(name: string, args: readonly unknown[]): string {
  let at = 0;
  const [first] = args;
  return name
    .replace(/%([sidj%])/g, (all, kind: string) => {
      if (kind === "%") return "%";
      if (at >= args.length) return all;
      const value = args[at++];
      return kind === "j" ? (JSON.stringify(value) ?? "undefined") : String(value);
    })
    .replace(/\$(\w+)/g, (all, key: string) =>
      typeof first === "object" && first !== null && key in first ? String(Reflect.get(first, key)) : all,
    );
}
