// What the rules on files share.

/** What to do after a file is gone. */
export const RESTORE = 'Restore it from version control or a backup; a shell has no bin.';
