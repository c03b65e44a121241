import { sha256 } from '../../remediation/model/canonical.ts';

/** The id of the incident that the assess of this instant opens: `20260722T120000Z-1a2b3c4d`. Sorts by time. */
export const incidentId = (keyId: string, openedAt: string): string =>
  `${openedAt.replaceAll(/[-:]|\.\d+/g, '')}-${sha256(`${keyId} ${openedAt}`).slice(0, 8)}`;
