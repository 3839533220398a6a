import { layout } from "@openspeed/pages";
import { menu } from "../../src/menu.js";

export const name = "b";
export default layout(({ children }) => [menu(), children]);
