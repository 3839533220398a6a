import { z } from "zod";

export default z.string().regex(/^\d+$/).transform(Number);
