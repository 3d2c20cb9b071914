"""Runs of text, while a body is walked: each is a block, if it holds any."""

from __future__ import annotations

from msgspec.structs import replace

from feeds.finish.context import PARAGRAPHS, Context
from feeds.finish.prose import fold_prose
from feeds.model import Block, BlockKind


class Runs:
    """The blocks of one body, and the run of text that has not ended yet."""

    def __init__(self) -> None:
        self.shows = False
        """A block that is not hidden was read."""
        self.hides = False
        """A block that is hidden was read."""
        self._blocks: list[Block] = []
        self._in_cells: list[tuple[int, Context]] = []
        self._parts: list[str] = []
        self._context: Context | None = None
        self.size = 0
        """Characters of the run that has not ended yet, without blanks at the ends of its texts."""
        self._linked_size = 0

    @property
    def count(self) -> int:
        """Answer how many blocks there are, that which is read among them."""
        return len(self._blocks) + bool(self.size)

    def blocks(self) -> tuple[Block, ...]:
        """Answer the blocks read; only now is known which table cells lay out a page."""
        for place, context in self._in_cells:
            if context.cell is None or context.cell.is_layout:
                own = context.trail.rpartition(" ")[2].partition(".")[0]
                kind = BlockKind.PARAGRAPH if own in PARAGRAPHS else BlockKind.BARE
                self._blocks[place] = replace(self._blocks[place], kind=kind)
        return tuple(self._blocks)

    def mark(self, kind: BlockKind) -> None:
        """End the run, and put a marker behind it."""
        self.end()
        self._blocks.append(Block(kind=kind, text="", linked=0.0, hints=""))

    def add(self, text: str, size: int, context: Context, block_context: Context) -> None:
        """Add a text to the run.

        Args:
            text: Not empty.
            size: Its length without the blanks at its ends.
            context: Of the place where it stands; what is said of all the run, if it holds no other.
            block_context: Of the block element around.
        """
        if size:
            self.size += size
            if context.link:
                self._linked_size += size
            if self._context is None:
                self._context = context
            elif self._context is not context:
                self._context = block_context
        if self.size:
            self._parts.append(text)

    def end(self) -> None:
        """End the run: it is a block, if it holds any text."""
        if self._context is None:
            return
        text = fold_prose("".join(self._parts))
        if text:
            self._add_block(text, self._context)
        self._parts.clear()
        self._context = None
        self.size = self._linked_size = 0

    def _add_block(self, text: str, context: Context) -> None:
        if context.is_hidden:
            self.hides = True
        else:
            self.shows = True
        if context.kind is BlockKind.TABLE_CELL:
            self._in_cells.append((len(self._blocks), context))
        self._blocks.append(
            Block(
                kind=context.kind,
                text=text,
                linked=self._linked_size / self.size,
                hints=" ".join(context.hints),
                trail=context.trail,
                is_hidden=context.is_hidden,
            )
        )
