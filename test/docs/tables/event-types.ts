import type { EventType } from '../../../src/notifications/event-data.ts';
import { EVENT_TYPES } from './event-schemas.ts';

/** The occasion of an event of each type. The compiler demands a sentence for each. */
const WHEN: Readonly<Record<EventType, string>> = {
  'CmkGuardian.Incident.Opened':
    'somebody is affected, or soon will be, or a person has asked for a repair that is to be approved or made',
  'CmkGuardian.Incident.Asked': "steps wait for a person's word: the plan, by its id",
  'CmkGuardian.Incident.Approved': 'an approver said yes, which the ledger now holds',
  'CmkGuardian.Incident.Rejected': 'an approver said no',
  'CmkGuardian.Incident.StepDone': 'a repair was made, or was found made',
  'CmkGuardian.Incident.StepNotDone':
    'a repair ended otherwise: Azure refused it, it failed, nobody knows, or it was not sent after all',
  'CmkGuardian.Incident.GivenUp':
    'a repair is not tried again for a day: it did not help, is refused for good, or something keeps undoing it. A person must look',
  'CmkGuardian.Incident.Healed':
    'nobody is affected any more, whoever healed it; how many seconds it took since it was opened',
  'CmkGuardian.Incident.LetGo':
    'an incident ends without anybody being well again: whoever was still affected is out of scope now, such as in a subscription that was let go',
  'CmkGuardian.Key.SightLost': 'nothing is known to be wrong with the key, and not all that would show it can be seen',
  'CmkGuardian.Key.SightBack': 'it can be seen again',
  'CmkGuardian.Probe.Found':
    'the probe has found the versions in use otherwise than the last verdict says: new faults, or none any more',
};

/** Every type of the product's events, in the order of the code. */
export const eventTypesTable = (): string =>
  ['| type | when |', '|---|---|', ...EVENT_TYPES.map((type) => `| \`${type}\` | ${WHEN[type]} |`)].join('\n');
