import { page } from "@openspeed/pages";

export default page(() => "page");
