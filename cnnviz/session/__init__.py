"""What lasts from one run of a page to the next: state only, no layout.

`state` has the table of all keys and is the only module that touches Streamlit's state and the
address. Each other module has what a person can do with the keys of one feature: the `digit` that
all pages look at, the drawing `board`, the networks `in_use`, the `opened_number`, the labs (`lab`,
with their `settings` and typed `grid`s) and the pages `convolution`, `receptive_field`, `dense` and
`training`.
"""
