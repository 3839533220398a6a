import { ProblemError, type Problems } from "../problem.ts";
import { DishonestResponse } from "../request/honest.ts";

/**
 * The functions behind `ctx.fail`. A problem's data goes through its schema: what the schema does not know does not leave
 * the house.
 *
 * @param honest whether data that does not fit is an error; else it is left out
 */
export function failures(problems: Problems, honest: boolean): Record<string, (...args: readonly unknown[]) => never> {
  const fail: Record<string, (...args: readonly unknown[]) => never> = {};
  for (const [name, declared] of Object.entries(problems)) {
    fail[name] = (...args) => {
      const [data, detail] = declared.data === undefined ? [undefined, args[0]] : args;
      const result = declared.data?.["~standard"].validate(data);
      const valid = result !== undefined && "value" in result ? result.value : undefined;
      if (honest && result !== undefined && "issues" in result && result.issues !== undefined)
        throw new DishonestResponse(`The data of the problem ${name} does not fit its schema.`);
      throw new ProblemError(name, declared, { data: valid, detail: typeof detail === "string" ? detail : undefined });
    };
  }
  return fail;
}
