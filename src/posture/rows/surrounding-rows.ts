import { every, type Row } from '../row.ts';

export const SURROUNDING_ROWS: readonly Row[] = [
  every('S2.18', 'PLAN', 'auditEventsLogged', 'Audit events of the vault are logged'),
  every('S2.19', 'PREV', 'keyInUse', 'Every wrap and unwrap can be reviewed; silence is odd'),
  every('S2.38', 'PLAN', 'vaultLocked', 'A lock keeps the vault from being deleted'),
  every('S2.39', 'PLAN', 'auditEventsAnalysed', 'Audit events go where somebody looks'),
  every('S2.41', 'APPR', 'onlyTrustedNetworks', 'Trusted services get in, not everybody does'),
  every('S2.42', 'PLAN', 'keyEscrowed', 'A copy of the key is kept in escrow'),
  every('S2.43', 'PLAN', 'keyBackedUp', 'A key made in the vault is backed up'),
  every('S2.54', 'APPR', 'trustedServicesPass', 'Accident: the firewall of the vault was changed'),
  every('S2.57', 'PLAN', 'keyLossAlerted', 'An alert watches for failing access to the key'),
  every('S2.58', 'PLAN', 'alertReachesBoth', 'Its action group tells the product and people'),
];
