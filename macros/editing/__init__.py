"""What helps editors: drafts, differences, stale facts, links, anchors, schemas, styles.

Called by commands only; knows `formulary`, `pages` and `rules`, and neither `render` nor `site`.
"""
