import { Incident } from './incident.tsx';
import { IncidentList } from './incident-list.tsx';

/** All incidents, or one of them. */
const Incidents = ({ id }: { readonly id?: string }) =>
  id === undefined ? <IncidentList /> : <Incident id={id} key={id} />;

export default Incidents;
