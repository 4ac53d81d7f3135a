// The one way in which nested calls become a tree, for the panel: it may import nothing of core but types.
export { type CallNode, treeOf } from '../core/shell/callTree.ts';
