export { name as label } from "../routes/b/_layout.ts";
