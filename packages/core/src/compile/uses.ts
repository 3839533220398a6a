import type { RequestContext } from "../request/context.ts";
import { failures } from "./failures.ts";
import { resolve, type Resolved } from "./resolve.ts";
import { makeTracedSteps } from "./traced.ts";
import { makeValues, type Values } from "./values.ts";

/** What `use` lists and declared problems need; one an app. */
export interface Uses {
  readonly resolve: typeof resolve;
  readonly makeSteps: typeof makeTracedSteps;
  readonly values: Values;
  /** Puts what all requests of a route share on their contexts' prototype: app-scope values and `fail`. */
  equip(prototype: RequestContext, resolved: Resolved, honest: boolean): void;
}

/** @param start how many milliseconds an app-scope value may take to be made */
export function makeUses(start: number): Uses {
  const values = makeValues(start);
  return {
    resolve,
    makeSteps: makeTracedSteps,
    values,
    equip(prototype, { app, problems }, honest) {
      Object.defineProperty(prototype, "fail", { value: failures(problems, honest) });
      for (const { name, provider } of app)
        Object.defineProperty(prototype, name, { value: values.all.get(provider)?.value });
    },
  };
}
