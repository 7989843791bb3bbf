export interface MochaRunOptions {
  files: string[];
  /** For each test and hook. */
  timeoutMs: number;
  /** Runs only the tests whose full title matches this pattern. */
  grep?: string;
  /** Where the counts are written as JSON. */
  resultFile?: string;
  /** Files run side by side, in processes of mocha's pool. Default: one after the other, in this process. */
  parallel?: boolean;
  onFailure?: (test: string) => Promise<void>;
}
export function runMocha(options: MochaRunOptions): Promise<{ passed: number; failed: number }>;
