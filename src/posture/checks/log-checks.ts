import type { Checks } from '../check.ts';
import { logAudit } from '../commands.ts';
import type { LogSetting, PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, pass, unclear } from '../judgement.ts';
import { vaultIdOf } from '../path.ts';

const logs =
  (isEnough: (setting: LogSetting) => boolean) =>
  (path: PathFacts): Judgement =>
    judged(
      path.logs,
      (settings) => {
        const found = settings.find((one) => one.audits && isEnough(one));
        return found
          ? pass(`${found.name} to ${found.destinations.join(', ')}`)
          : fail('no setting logs who uses its keys there', logAudit(vaultIdOf(path)));
      },
      () => unclear('there is no vault to log'),
    );

const DAY_MS = 86_400_000;

/** A server uses its key every few minutes. */
const keyInUse = (path: PathFacts): Judgement =>
  judged(
    path.lastUse,
    (at) => holds(Date.parse(path.now) - Date.parse(at) < DAY_MS, `last used on ${at}`),
    () => fail('its identity never used the key'),
  );

const toAnalysts = logs(({ destinations }) => destinations.includes('workspace') || destinations.includes('eventHub'));

export const LOG_CHECKS = {
  auditEventsLogged: { judge: logs(() => true), page: 'auditLoggingOff' },
  keyInUse: { judge: keyInUse, page: 'auditLoggingOff' },
  auditEventsAnalysed: { judge: toAnalysts, page: 'auditLoggingOff' },
} as const satisfies Checks<PathFacts>;
