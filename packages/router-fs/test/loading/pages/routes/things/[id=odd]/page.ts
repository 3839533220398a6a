import { matched, route } from "@openspeed/core";
import { page } from "@openspeed/pages";

const loader = route({ params: matched<{ readonly id: number }>() }, ({ params }) => ({ next: params.id + 2 }));

export default page(loader, ({ next }) => `The next is ${next}`);
