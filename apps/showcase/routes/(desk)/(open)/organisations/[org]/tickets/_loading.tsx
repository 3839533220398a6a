import { loadingView } from "@openspeed/pages";
import { TicketBones } from "../../../../../../src/ui/ticket-list.tsx";

export default loadingView(() => (
  <div class="stack">
    <h1>Tickets</h1>
    <div class="card" role="status">
      <span class="unseen">Tickets are being looked up.</span>
      <TicketBones />
    </div>
  </div>
));
