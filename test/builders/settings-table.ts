import { describeSettings } from '../../src/config.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const code = (text: string | undefined): string => (text === undefined ? '' : `\`${text}\``);

/** The table of every setting in docs/settings.md. */
export const settingsTable = (): string =>
  [
    '| setting | default | what it does | allowed |',
    '| --- | --- | --- | --- |',
    ...describeSettings().map(
      ({ name, default: fallback, purpose, allowed, optional }) =>
        `| ${code(name)} | ${code(fallback) || (optional ? '' : 'must be set')} | ${cell(purpose)} | ${cell(allowed)} |`,
    ),
  ].join('\n');
