import type { PageKind } from '../../../src/posture/runbooks.ts';
import type { FindingKind } from '../../../src/remediation/model/faults.ts';
import type { Link } from '../../builders/breaking/links.ts';

/** A break, and the page that a test follows to its end in that state. */
export const PLAYED: readonly (readonly [Link, FindingKind])[] = [
  ['keyExpired', 'keyExpired'],
  ['accessRemoved', 'accessMissing'],
  ['identityRemoved', 'identityMissing'],
  ['keyDisabled', 'keyDisabled'],
  ['keyDeleted', 'keyDeleted'],
  ['networkClosed', 'vaultFirewallBlocks'],
  ['vaultDeleted', 'vaultDeleted'],
];

/** A page about a state that is no incident, whose commands a test runs as well. */
export const PLAYED_POSTURE: PageKind = 'auditLoggingOff';
