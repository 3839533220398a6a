/** Below this path the development server answers, everywhere else the app. */
export const DEV_BASE = "/@dev/";
