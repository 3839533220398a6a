import { page } from "@openspeed/pages";

export default page(() => "page");
export const GET = 1;
