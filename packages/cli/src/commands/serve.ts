import type { Command } from "commander";
import type { Session } from "./command.ts";

export function addDev(_program: Command, _session: Session): void {}
export function addBuild(_program: Command, _session: Session): void {}
export function addStart(_program: Command, _session: Session): void {}
