import { brand } from "./_layout.ts";

export const title = (): string => brand;
