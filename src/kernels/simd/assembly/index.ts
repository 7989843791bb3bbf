/** What the host calls. */
export { run } from './program';
export { end, serve, step } from './step';
