import { errorView } from "@openspeed/pages";

export default errorView(() => "error");
