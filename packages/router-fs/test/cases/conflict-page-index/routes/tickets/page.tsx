import { route } from "@openspeed/core";
import { page } from "@openspeed/pages";

export const action = route(() => undefined);

export default page({ action }, () => "page");
