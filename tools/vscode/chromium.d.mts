import type { Browser, LaunchOptions } from 'playwright-core';

/**
 * The browser's executable, or undefined. @throws where CHROMIUM names a file that is not there.
 */
export function findChromium(): string | undefined;
export function launchChromium(options?: LaunchOptions): Promise<Browser>;
