import type { AvailabilityEvent } from '../cloud/mysql/availability.ts';
import type { Row } from './row.ts';

type Told = Omit<Row, 'at'>;

const why = ({ reason }: AvailabilityEvent): string => (reason ? ` (${reason.code})` : '');

const TELL: { readonly [Kind in AvailabilityEvent['kind']]: (server: string, event: AvailabilityEvent) => Told } = {
  keyLost: (server, event) => ({
    stage: 'lost',
    text: `${server} could not use its key${why(event)}. Azure locks its users out within ten minutes from now.`,
    tone: 'bad',
    turn: { server, to: 'lost' },
  }),
  keyRegained: (server) => ({
    stage: 'regained',
    text: `${server} can use its key again. Nobody was locked out.`,
    tone: 'good',
    turn: { server, to: 'back' },
  }),
  refused: (server) => ({
    stage: 'locked out',
    text: `${server} is Inaccessible: it refuses every connection. Mending the key is no longer enough.`,
    tone: 'bad',
    turn: { server, to: 'lockedOut' },
  }),
  revalidationFailed: (server, event) => ({
    stage: 'not yet',
    text: `${server} was asked to try its key again, and still cannot use it${why(event)}.`,
    tone: 'bad',
  }),
  ready: (server) => ({
    stage: 'revalidated',
    text: `${server} has tried its key again with success, and accepts connections.`,
    tone: 'good',
    turn: { server, to: 'back' },
  }),
  stopped: (server) => ({
    stage: 'stopped',
    text: `Somebody stopped ${server}.`,
    tone: 'plain',
    turn: { server, to: 'back' },
  }),
  started: (server) => ({ stage: 'started', text: `Somebody started ${server}.`, tone: 'plain' }),
};

/** A change for a server's users, as the local Azure records it. */
export const serverRow = (server: string, event: AvailabilityEvent): Row => ({
  at: event.at,
  ...TELL[event.kind](server, event),
});
