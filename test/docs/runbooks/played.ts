import type { PageKind } from '../../../src/posture/runbooks.ts';
import type { FindingKind } from '../../../src/remediation/model/faults.ts';
import type { Link } from '../../builders/breaking/links.ts';

/** What breaks, and the page that a test follows to its end in that state. */
export const PLAYED: readonly (readonly [Link, FindingKind])[] = [
  ['keyExpired', 'keyExpired'],
  ['accessRemoved', 'accessMissing'],
  ['identityRemoved', 'identityMissing'],
  ['keyDisabled', 'keyDisabled'],
  ['keyDeleted', 'keyDeleted'],
  ['networkClosed', 'vaultFirewallBlocks'],
  ['vaultDeleted', 'vaultDeleted'],
];

/** The page of what is no incident, whose commands a test runs as well. */
export const PLAYED_POSTURE: PageKind = 'auditLoggingOff';
