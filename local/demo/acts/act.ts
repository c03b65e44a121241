import type { Booted } from '../../boot.ts';
import type { Switches } from '../../cloud/service.ts';
import type { Row } from '../row.ts';

/** One incident of the story, from what somebody does to the end of it. */
export type Act = {
  readonly title: string;
  /** What a reader must know before, in sentences. */
  readonly before: string;
  /** Settings of the app that are otherwise from here on. It is started again with them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Switches of the world that are otherwise from here on. */
  readonly switches?: Partial<Switches>;
  /** The key that it is about, and the server whose state tells how it ended. */
  readonly keyId: string;
  readonly server: string;
  /** How many seconds after a sweep was due it begins: every run tells the same story. */
  readonly afterSweep: number;
  /** What somebody does, and how that is told. */
  begin(booted: Booted): Promise<Pick<Row, 'stage' | 'text' | 'tone'>>;
  /** `the expiry`: completes "30 minutes after …". */
  readonly beginning: string;
  /** The stages whose times are told in the end, in this order. */
  readonly stages: readonly string[];
  /** What was seen, in sentences. */
  conclusion(rows: readonly Row[]): string;
};
