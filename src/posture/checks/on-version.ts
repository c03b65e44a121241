import type { KeyVersionFacts } from '../../remediation/model/facts.ts';
import type { PathFacts } from '../facts.ts';
import { type Judgement, judged, unclear } from '../judgement.ts';
import { pinnedVersion } from '../path.ts';

export const keyName = ({ observation: { key } }: PathFacts): string => `https://${key.host}/keys/${key.name}`;

export const onVersion =
  (judge: (version: KeyVersionFacts, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      pinnedVersion(path),
      (version) => judge(version, path),
      () => unclear(`${path.consumer.pinned.kid} is not there to judge`),
    );
