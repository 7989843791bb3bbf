export type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

/** A folder for temporary files, removed when this process ends. Its path is short: sockets lie in it. */
export function temporaryFolder(name: string): string;
