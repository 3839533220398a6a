import { z } from "zod";

export default z
  .string()
  .regex(/^\d*[13579]$/)
  .transform(Number);
