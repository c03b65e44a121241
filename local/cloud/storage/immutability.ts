import type { Container } from './storage-account.ts';

const DAY = 86_400_000;

/** Whether the policy of a container keeps a blob that was made at this instant, in milliseconds. */
export const isRetained = ({ policy }: Container, madeAt: number, now: number): boolean =>
  policy !== undefined && now < madeAt + policy.days * DAY;

/** Names of the blobs that the policy of a container still keeps. */
export const retained = (container: Container, now: number): string[] =>
  [...container.blobs].filter(([, madeAt]) => isRetained(container, madeAt, now)).map(([name]) => name);
