import { errorView } from "@openspeed/pages";

export default errorView(({ problem }) => (
  <>
    <h1>{problem.title}</h1>
    <p>{problem.status >= 500 ? "That is our fault. Please try again." : "Please go back and try another way."}</p>
  </>
));
