import { notFoundView } from "@openspeed/pages";
import { ProblemPage } from "../../src/ui/problem-page.tsx";

export default notFoundView(({ problem, url }) => <ProblemPage problem={problem} url={url} />);
