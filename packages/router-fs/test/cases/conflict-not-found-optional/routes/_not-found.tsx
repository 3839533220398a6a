import { notFoundView } from "@openspeed/pages";

export default notFoundView(() => "not found");
