import { route } from "@openspeed/core";

export async function GET() {
  return [];
}
export const POST = async (request: Request) => request;
export const PUT = route((context) => context.path);
