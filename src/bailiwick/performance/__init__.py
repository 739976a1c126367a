"""Questions asked of measures: figures with their interval and peers, targets, and who is on course.

It answers for what a figure says and when it says "too few to tell". It knows no page and makes no sum of its own:
`mirror` gives the cells, `methods` the intervals.
"""
