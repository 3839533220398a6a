import { route } from "@openspeed/core";
import { layout } from "@openspeed/pages";
import styles from "../../src/desk.css?url";
import { documentHead } from "../../src/document-head.ts";
import { person } from "../../src/providers.ts";
import { AdminShell } from "../../src/ui/admin-shell.tsx";

const loader = route({ use: [person] }, ({ person }) => ({ person }));

export default layout({ loader, head: documentHead(styles, "Desk administration") }, ({ children, ...props }) => (
  <AdminShell {...props}>{children}</AdminShell>
));
