// Placeholder data is not shipped: filled in the next commits.
import type { Family } from '../types.ts';

export const packagesFamily: Family = { name: 'packages', about: '', syntax: [], rules: [] };
