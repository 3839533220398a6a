import { layout } from "@openspeed/pages";

export default layout(({ children }) => ["[", children, "]"]);
