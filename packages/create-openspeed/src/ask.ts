import { resolve } from "node:path";
import { cancel, intro, isCancel, select, text } from "@clack/prompts";
import { CreateError } from "./create-error.ts";
import { checkPlace } from "./place.ts";
import { nameOf } from "./project-name.ts";
import { findTemplate, type TemplateName, TEMPLATES } from "./templates.ts";

/** Somebody pressed Ctrl+C at a question. */
export class NothingMade extends Error {}

export interface Asked {
  readonly folder: string | undefined;
  readonly name: string | undefined;
  readonly template: string | undefined;
  readonly force: boolean;
}

export interface Answered {
  readonly folder: string;
  readonly template: TemplateName;
}

/** Asks for what was not said. What was said wrongly is told before any question. */
export async function answered({ folder, name, template, force }: Asked): Promise<Answered> {
  const known = template === undefined ? undefined : findTemplate(template).name;
  if (folder !== undefined) await checkPlace(resolve(folder), folder, force);
  if (folder !== undefined && known !== undefined) return { folder, template: known };
  intro("OpenSpeed");
  return {
    folder: folder ?? (await askFolder(name, force)),
    template: known ?? (await askTemplate()),
  };
}

async function askFolder(name: string | undefined, force: boolean): Promise<string> {
  for (;;) {
    const answer = given(
      await text({
        message: "Where will it be?",
        placeholder: "desk",
        defaultValue: name ?? "desk",
        initialValue: name ?? "",
      }),
    ).trim();
    // Whether a folder is free is not known at once, so a wrong one is told and asked for again.
    try {
      if (name === undefined) nameOf(resolve(answer));
      await checkPlace(resolve(answer), answer, force);
      return answer;
    } catch (error) {
      if (!(error instanceof CreateError)) throw error;
      const [fault] = error.diagnostics;
      console.error(`│  ${fault?.message ?? ""} ${fault?.mend ?? ""}`);
    }
  }
}

async function askTemplate(): Promise<TemplateName> {
  const options = TEMPLATES.map(({ name, about }) => ({ value: name, label: name, hint: about }));
  return given(await select<TemplateName>({ message: "What does it begin with?", options }));
}

/** @throws NothingMade */
function given<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel("Nothing was made.");
  throw new NothingMade();
}
