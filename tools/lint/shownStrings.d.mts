import type { Rule } from 'eslint';

declare const shownStrings: Rule.RuleModule;
export default shownStrings;
