import type { Booted } from '../../boot.ts';
import type { Switches } from '../../cloud/service.ts';
import type { Row } from '../row.ts';

/** One incident of the story, from the act of a person to the end of the incident. */
export type Act = {
  readonly title: string;
  /** Facts that a reader must know first, in sentences. */
  readonly before: string;
  /** Settings of the app that change from this act on. The app is started again with them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Switches of the world that change from this act on. */
  readonly switches?: Partial<Switches>;
  /** The key of the act, and the server whose state shows how the act ended. */
  readonly keyId: string;
  readonly server: string;
  /** The act begins this many seconds after a due sweep, so that every run has the same course. */
  readonly afterSweep: number;
  /** Carries out the act, and returns its line of the timeline. */
  begin(booted: Booted): Promise<Pick<Row, 'stage' | 'text' | 'tone'>>;
  /** `the expiry`: completes "30 minutes after …". */
  readonly beginning: string;
  /** The stages whose times the end of the story prints, in this order. */
  readonly stages: readonly string[];
  /** A summary of the act, in sentences. */
  conclusion(rows: readonly Row[]): string;
};
