/** A message that was not taken yet. `at`: when its content was found. `dueAt`: when it is sent again (ISO 8601). */
export type Waiting<Message> = {
  readonly message: Message;
  readonly at: string;
  readonly tries: number;
  readonly dueAt: string;
};

/** The store of waiting messages of one kind. Its errors are logged: no repair fails because of them. */
export type Outbox<Message> = {
  keep(waiting: Waiting<Message>): Promise<void>;
  /** The due messages, oldest first. */
  due(now: string, count: number): Promise<readonly Waiting<Message>[]>;
  /** `false`: another worker has claimed it. */
  claim(waiting: Waiting<Message>, next: Pick<Waiting<Message>, 'tries' | 'dueAt'>): Promise<boolean>;
  remove(waiting: Waiting<Message>): Promise<void>;
};
