import { errorView } from "@openspeed/pages";
import { ProblemPage } from "../../src/ui/problem-page.tsx";

export default errorView(({ problem, url }) => <ProblemPage problem={problem} url={url} />);
