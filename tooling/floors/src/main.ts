import { floors, reaches } from "./table.ts";
import { violations } from "./violations.ts";
import { readWorkspace } from "./workspace.ts";

const members = readWorkspace(process.cwd());
const found = violations(floors, members, reaches);
for (const { at, message } of found) console.error(`${at}  ${message}`);
const files = members.reduce((sum, member) => sum + member.files.length, 0);
console.log(`floors: ${members.length} folders, ${files} files, ${found.length} violations`);
process.exitCode = found.length === 0 ? 0 : 1;
