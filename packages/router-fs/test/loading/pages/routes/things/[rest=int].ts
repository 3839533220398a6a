import { matched, route } from "@openspeed/core";

export const GET = route({ params: matched<{ readonly rest: number }>() }, ({ params }) => ({ even: params.rest }));
