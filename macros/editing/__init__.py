"""What helps editors: drafts, differences of the register, stale facts, links, anchors, schemas, styles.

Called by commands only; knows `formulary` and `pages`, and neither `render` nor `site`.
"""
