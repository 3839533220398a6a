import { notFoundView } from "@openspeed/pages";

export default notFoundView(({ url }) => `Nothing at ${url.pathname}`);
