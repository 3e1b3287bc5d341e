"""How far a unit sees: receptive fields on the digit, for a stack of layers to be changed."""

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from cnnviz import ink, probe, session, stacks
from cnnviz.components.field_view import field_view, on_probe_board
from cnnviz.explain import grouped

session.require_app()
PEN = session.BOARD_SIDE // ink.SIDE  # one pixel of the digit wide
SHIPPED = stacks.of_network("convnet")
SIDE = ink.SIDE


def digit_bar():
    """Offer the test digits."""
    session.restore_sample()
    st.pills("Take a test digit", range(10), key="sample", on_change=session.sample_changed)


def stack_editor():
    """Show a line of settings for each place of the stack; the address keeps the changes."""
    choices = {
        "kind": (stacks.KINDS, str.capitalize),
        "window": (range(1, 8), lambda size: f"{size} × {size}"),
        "stride": (range(1, 5), str),
        "padding": (("valid", "same"), str),
    }
    with st.container(horizontal=True, key="stack_head"):
        for heading in ("", "Layer", "Window", "Stride", "Padding"):
            st.markdown(heading)
    for place, default in enumerate(stacks.filled(SHIPPED)):
        keys = session.stack_keys(place)
        gone = st.session_state.get(keys["kind"], default.kind) == stacks.NONE
        with st.container(horizontal=True, key=f"stack_row_{place}"):
            st.markdown(str(place + 1))
            for part, (options, words) in choices.items():
                st.selectbox(
                    f"{part.capitalize()} of layer {place + 1}",
                    options,
                    index=options.index(getattr(default, part)),
                    format_func=words,
                    key=keys[part],
                    disabled=gone and part != "kind",
                    filter_mode=None,
                    label_visibility="collapsed",
                    bind="query-params",
                    persist_state="session",
                )


def introduction(rows):
    """Return what the last layer's units see, in words."""
    last = rows[-1]
    return (
        f"A layer looks through small windows at the layer before it, so the view grows with "
        f"depth. A unit of **{rows[0].name}** sees {rows[0].field} × {rows[0].field} pixels of "
        f"the digit; a unit of **{last.name}** sees **{last.field} × {last.field}**, "
        f"{last.share:.0%} of the picture."
    )


def field_table(rows):
    """Return a Markdown table of what each layer's units see, beside the shipped network's."""
    shipped = {row.name: row for row in stacks.rows(SIDE, SHIPPED)}
    table = ["| layer | output | sees | step | first centre | last centre | share ", "|---" * 7]
    for row in rows:
        before = shipped.get(row.name, row)
        cells = [
            _beside(f"{row.size} × {row.size}", f"{before.size} × {before.size}"),
            _beside(f"{row.field} × {row.field}", f"{before.field} × {before.field}"),
            _beside(row.step, before.step),
            _beside(f"{row.first_centre:g}", f"{before.first_centre:g}"),
            _beside(f"{row.last_centre:g}", f"{before.last_centre:g}"),
            _beside(f"{row.share:.0%}", f"{before.share:.0%}"),
        ]
        table.append(f"| **{row.name}** | {' | '.join(cells)} ")
    return "\n".join(f"{line}|" for line in table)


def _beside(value, shipped):
    """Return a value, and the shipped network's if that is another."""
    return str(value) if value == shipped else f"**{value}** :gray[instead of {shipped}]"


def finding():
    """Return which pixels the shipped network never reads, and why, in words."""
    never = " and ".join(map(str, stacks.never_read(SIDE, SHIPPED)))
    count = SIDE**2 - (SIDE - len(stacks.never_read(SIDE, SHIPPED))) ** 2
    name, window, size = stacks.left_over(SIDE, SHIPPED)[0]
    return (
        f"In this network no stroke in the rows and columns **{never}** can ever change the "
        f"answer: **{count} of the {grouped(SIDE**2)} pixels**, counted from 0. The reason is "
        f"**{name}**. Its {window} × {window} windows do not fill a map of {size} × {size}, so "
        f"the last row and the last column are dropped, and with them all that only they had seen."
    )


def probability_table(found):
    """Return a Markdown table of the ten probabilities without and with the stroke."""
    table = ["| digit | without | with the stroke |", "|--:|--:|--:|"]
    for digit, (before, after) in enumerate(zip(found.before, found.after, strict=True)):
        shown = f"**{after:.1%}**" if after != before else f"{after:.1%}"
        table.append(f"| {digit} | {before:.1%} | {shown} |")
    return "\n".join(table)


@st.fragment
def probe_board():
    """Show the board, and what a stroke on it changes: only this runs after a stroke."""
    never = stacks.never_read(SIDE, SHIPPED)
    subject = session.subject()
    digit = subject.digit(session.framed())
    board, result, numbers = st.columns([1, 1.3, 1])
    with board.container(key="probe_board"):
        st.html(f"<style>{on_probe_board(digit, never, session.BOARD_SIDE)}</style>")
        key, start = session.probe_board()
        st_canvas(
            stroke_width=PEN,
            stroke_color="#fff",
            background_color="#000",
            width=session.BOARD_SIDE,
            height=session.BOARD_SIDE,
            initial_drawing=start,
            key=key,
        )
    with result:
        if subject.blank:
            st.markdown("First take a test digit above, or draw one on the Draw page.")
        else:
            network = session.network("convnet")
            found = probe.probe(network, digit, session.probe_stroke(), never)
            st.markdown(probe.in_words(found))
            numbers.container(key="probe_table").markdown(probability_table(found))
        with st.container(horizontal=True):
            st.button("Draw one there for me", on_click=session.start_probe, args=(never, PEN))
            st.button("Clear the stroke", on_click=session.start_probe)


subject = session.subject()
top = st.container(border=True, key="card_field")
view = st.container()
left, right = st.columns([1, 1.35])
with left.container(border=True, height="stretch", gap="xsmall", key="card_stack"):
    st.subheader("The stack")
    stack_editor()
stack = session.stack()
possible = stack[: len(stacks.sizes(SIDE, stack)) - 1]
rows = stacks.rows(SIDE, possible)

with top:
    st.subheader("How far a unit sees")
    if rows:
        st.markdown(introduction(rows))
    session.show_preset()
    with st.container(horizontal=True, key="field_tools"):
        st.segmented_control(
            "Take a stack",
            stacks.presets(),
            key="preset",
            on_change=session.take_preset,
            wrap=True,
        )
        digit_bar()
    if stacks.problem(SIDE, stack):
        st.warning(stacks.problem(SIDE, stack))

    if not stack:
        st.info("The stack has no layer. Choose one below.")

if possible:
    with view:
        field_view(subject.digit(session.framed()), possible, key="field")
    with right.container(border=True, height="stretch", key="card_table"):
        st.subheader("What the units of each layer see")
        with st.container(key="field_table"):
            st.markdown(field_table(rows))
        st.caption(
            "In pixels of the digit, counted from 0; .5 lies between two pixels. Centre: the "
            "middle of what the first and the last unit of a row see. Share: of the digit's area."
        )

with st.container(border=True, key="card_probe"):
    st.subheader("Pixels that never count")
    st.markdown(f"{finding()} Test it: draw in the hatched part, then through the digit.")
    probe_board()
