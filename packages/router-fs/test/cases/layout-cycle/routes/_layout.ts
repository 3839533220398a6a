import { layout } from "@openspeed/pages";
import { title } from "./_nav.ts";

export const brand = "Desk";
export default layout(({ children }) => [title(), children]);
