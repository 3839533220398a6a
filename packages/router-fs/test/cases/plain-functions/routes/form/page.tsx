import { page } from "@openspeed/pages";

export const action = async () => undefined;
export default page(() => "form");
