import { z } from "zod";

export default z.string().regex(/^[0-9a-f]+$/);
