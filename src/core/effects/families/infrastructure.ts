// Placeholder data is not shipped: filled in the next commits.
import type { Family } from '../types.ts';

export const infrastructureFamily: Family = {
  name: 'infrastructure',
  about: '',
  syntax: [],
  rules: [],
};
