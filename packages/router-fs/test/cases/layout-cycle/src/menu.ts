import { label } from "./label.js";

export const menu = (): string => label;
