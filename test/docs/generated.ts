import { commandLinePage } from '../../cli/docs/command-line-page.ts';
import { BLOCKS, withBlock } from './blocks.ts';
import { EVENT_TYPES, eventSchemaFile, eventSchemaOf } from './tables/event-schemas.ts';
import { written } from './written.ts';

const withItsBlocks = (file: string): string =>
  BLOCKS.filter((block) => block.file === file).reduce(withBlock, written(file));

/** Every document that is generated from the code, in whole or in part: its wanted text by its file. */
export const generated = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/command-line.md', commandLinePage()],
    ...[...new Set(BLOCKS.map(({ file }) => file))].map((file) => [file, withItsBlocks(file)] as const),
  ]);

/** The schemas of events, whose layout is that of every JSON file here. */
export const generatedSchemas = (): ReadonlyMap<string, object> =>
  new Map(EVENT_TYPES.map((type) => [eventSchemaFile(type), eventSchemaOf(type)]));
