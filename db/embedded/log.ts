/** Takes one line of progress for the person who watches the start. */
export type Log = (line: string) => void;
