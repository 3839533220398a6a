import type { Link } from "./_links.ts";
import { layout } from "@openspeed/pages";

export const home: Link = "/a";
export default layout(({ children }) => children);
