// Placeholder data is not shipped: filled in the next commits.
import type { Family } from '../types.ts';

export const readsFamily: Family = { name: 'reads', about: '', syntax: [], rules: [] };
