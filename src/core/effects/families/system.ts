// Placeholder data is not shipped: filled in the next commits.
import type { Family } from '../types.ts';

export const systemFamily: Family = { name: 'system', about: '', syntax: [], rules: [] };
