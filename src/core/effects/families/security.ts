// Placeholder data is not shipped: filled in the next commits.
import type { Family } from '../types.ts';

export const securityFamily: Family = { name: 'security', about: '', syntax: [], rules: [] };
