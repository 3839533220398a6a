import { loadingView } from "@openspeed/pages";

export default loadingView(() => "loading");
