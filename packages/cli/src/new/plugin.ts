import { Fault } from "../fault.ts";
import type { Files } from "./files.ts";

/** Pure: a plugin that counts, in the folder of plugins, with one capability for each thing that it does. */
export function newPlugin(name: string): Files {
  const word = readName(name);
  const camel = camelOf(word);
  const text = `import { type Plugin, after, withHeaders } from "@openspeed/core";

/** Add it to the app: createApp({ plugins: [${camel}()] }). */
export function ${camel}(): Plugin {
  return {
    name: ${JSON.stringify(word)},
    // What is not listed here, a host refuses: "routes", "wrap", "compiled", "close".
    capabilities: ["wrap", "compiled"],
    setup(host) {
      host.wrap(after(${JSON.stringify(camel)}, {}, (outcome) => withHeaders(outcome, { "x-${word}": "1" })));
      host.onCompiled(({ routes }) => console.log(\`${word} covers \${routes.length} routes\`));
    },
  };
}
`;
  return new Map([[`src/plugins/${word}.ts`, text]]);
}

/** Names of files and packages: small letters, digits and hyphens. */
export function readName(name: string): string {
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) return name;
  throw new Fault({
    code: "OS_NEW_NAME",
    message: `${JSON.stringify(name)} is no name for it.`,
    where: name,
    mend: "Use small letters, digits and hyphens, beginning with a letter.",
  });
}

export function camelOf(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
