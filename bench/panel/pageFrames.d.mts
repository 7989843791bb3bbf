/** Before the page's script: stands in for VS Code, and times each animation frame's work. */
export function standIn(): void;
/** Gives the page a message. @returns ms until what it brings is painted. */
export function replay(message: unknown): Promise<number>;
/** Gives the page a message each `everyMs`. @returns ms that its frames took. */
export function follow(messages: readonly unknown[], everyMs: number): Promise<number[]>;
