/** An event of this or an earlier version of the product: it may have waited as a row while the app was upgraded. */
export type RaisedEvent = {
  readonly type: string;
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** CloudEvents 1.0, in the shape that `@azure/eventgrid` takes. */
export type CloudEvent = Omit<RaisedEvent, 'time'> & {
  readonly source: string;
  readonly time: Date;
  readonly dataschema: string;
};

/** The version of the events' data: a part of `dataschema`. */
export const DATA_VERSION = 1;

/** `CmkGuardian.Incident.StepDone` → `incident-step-done`: the name of its files in docs/events. */
export const schemaName = (type: string): string =>
  type
    .split('.')
    .slice(1)
    .map((word) => word.replace(/(?<=[a-z])(?=[A-Z])/g, '-'))
    .join('-')
    .toLowerCase();

export const schemaUri = (type: string): string => `urn:cmk-guardian:event-data:${schemaName(type)}:${DATA_VERSION}`;

export const toCloudEvent = ({ time, ...event }: RaisedEvent, source: string): CloudEvent => ({
  ...event,
  source,
  time: new Date(time),
  dataschema: schemaUri(event.type),
});
