import type { KeyVersionFacts } from '../../remediation/model/facts.ts';
import type { PathFacts } from '../facts.ts';
import { type Judgement, judged, unclear, worst } from '../judgement.ts';
import { pinnedVersions } from '../path.ts';

export const keyName = ({ observation: { key } }: PathFacts): string => `https://${key.host}/keys/${key.name}`;

/**
 * Judges the version that a consumer uses. Where the consumer may use another version as well, the worse judgement
 * counts.
 */
export const onVersion =
  (judge: (version: KeyVersionFacts, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      pinnedVersions(path),
      (versions) => worst(versions.map((version) => judge(version, path))),
      () => unclear(`${path.consumer.pinned.kid} is not there to judge`),
    );
