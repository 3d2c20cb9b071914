"""Pages of articles that no feed shows: looked through in batches, and made only where they would be others.

What is kept of each is what its page was made from; its text is read again when it is needed. Such articles tell
nothing of their publishers' habits, so feeds are the same with these pages and without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from feeds.config import Config
from feeds.errors import Problem
from feeds.gallery import Copy, Gallery
from feeds.model import Body, Card, CategoryPath, OutputFile
from feeds.pipeline.batches import BATCH, Batches, BodiesRead, read_bodies
from feeds.pipeline.bodies import text_mark
from feeds.pipeline.chosen import card_as_remembered
from feeds.pipeline.entries import basis_of, is_as_it_was, make_kept, page_of
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.job import Job, page_path_of
from feeds.pipeline.outputs import Outputs
from feeds.pipeline.pages import Pages
from feeds.pipeline.pictures import copy_job
from feeds.pipeline.prepare import Prepared, body_wanted, finish_rules
from feeds.pipeline.references import Articles
from feeds.pipeline.twins import Twins
from feeds.state import KeptPage, Standing, State

_Item = TypeVar("_Item")


class Older:
    """The pages of one build; made while they are written."""

    def __init__(
        self,
        config: Config,
        prepared: Prepared,
        gallery: Gallery,
        articles: Articles,
        pages: Pages,
        state: State,
        batches: Batches,
        *,
        program: str,
        until: int,
    ) -> None:
        """Take where articles are.

        Args:
            config: Of the build.
            prepared: The archive, and what its feeds show.
            gallery: Its pictures.
            articles: Where its articles have their pages.
            pages: Makes jobs of pages.
            state: What is kept.
            batches: How to read.
            program: Tells this program from one that may make other pages.
            until: What was published later is not due yet; microseconds since the epoch.
        """
        self._config = config
        self._prepared = prepared
        self._gallery = gallery
        self._articles = articles
        self._pages = pages
        self._state = state
        self._batches = batches
        self._until = until
        self._basis = basis_of(config, program)
        self._twins = Twins(config, prepared, state, batches, until=until)
        self._wanted: dict[str, str] = {}
        self.left: set[str] = set()
        """Output-relative paths of files that are as they should be."""
        self.made: set[str] = set()
        """Output-relative paths of files that were made, and of which the state knows how they were left."""
        self.pictures: set[str] = set()
        """Archive-relative paths of pictures that they show, or would."""

    def survey(self, outputs: Outputs) -> None:
        """Find out which pages are to be made."""
        self._outputs = outputs
        self._twins.settle()
        stale = set(self._state.keys("pages")) - self._twins.copies
        for batch in _batched(self._subjects(), BATCH):
            stale.difference_update(path for path, *_ in batch)
            self._look_through(batch)
        self._state.keep({"pages": dict.fromkeys(stale)})

    def _subjects(self) -> Iterator[tuple[str, str, str, tuple[CategoryPath, ...], str]]:
        """Yield path, id, fingerprint, chains and publisher of each article that has a page and is in no feed."""
        chosen, united = self._prepared.chosen, self._twins.united
        for article, chains, publisher in self._state.register.due(self._until):
            path = article.path
            if path in chosen.cards or path in self._twins.copies or path in chosen.gone:
                continue
            if path in united:
                card = united[path]
                yield path, card.id, fingerprint(card), card.chains, card.publisher
            elif chosen.instead.get(path, True) is not None:
                yield path, article.id, str(article.digest), chains, publisher

    def _look_through(self, batch: Collection[tuple[str, str, str, tuple[CategoryPath, ...], str]]) -> None:
        kept = self._state.pages(path for path, *_ in batch) if self._prepared.readings.is_comparable else {}
        self._articles.prefetch(question for one in kept.values() for question, _ in one.links)
        keys: dict[str, str] = {}
        for path, id_, digest, chains, publisher in batch:
            page = page_path_of(id_)
            self._wanted[path] = page
            one = kept.get(path)
            if one is not None and one.key == self._key(digest, publisher) and self._is_same(path, one):
                keys[page] = self._pages.article_key(chains, one.page)
                self.pictures.update(name for name, _ in (*one.pictures, *one.served))
        left = self._outputs.left(keys)
        for path, *_ in batch:
            if self._wanted[path] in left:
                del self._wanted[path]
        self.left |= left

    def _key(self, digest: str, publisher: str) -> str:
        return fingerprint(self._basis, digest, self._prepared.profiles.digest(publisher))

    def _is_same(self, path: str, one: KeptPage) -> bool:
        return (
            bool(one.stamp)
            and one.stamp == self._prepared.snapshot.stamp_of(path)
            and is_as_it_was(one, self._gallery, self._articles)
        )

    # As the output asks for them

    def names(self) -> Collection[str]:
        """Answer the output-relative paths of the pages that are to be made."""
        return self._wanted.values()

    def batches(self) -> Iterator[Sequence[OutputFile | str]]:
        """Make the pages, a batch at a time."""
        config, rules = self._config, finish_rules(self._config)
        paths = _batched(self._wanted, BATCH)
        wanted = (body_wanted(card, rules) for batch in paths for card, _ in [*self._cards(batch)])
        for batch in self._batches.run(
            "writing pages", partial(read_bodies, config.archive), wanted, len(self._wanted), BodiesRead
        ):
            yield from self._make(batch)

    def _cards(self, paths: Collection[str]) -> Iterator[tuple[Card, str]]:
        """Yield the cards of some articles, each with its fingerprint."""
        for one in self._state.register.some(paths):
            united = self._twins.united.get(one.reading.path)
            yield united or card_as_remembered(one), fingerprint(united) if united else str(one.digest)

    def _make(self, batch: Mapping[str, tuple[Body, tuple[Problem, ...]]]) -> Iterator[Sequence[OutputFile | str]]:
        rules = finish_rules(self._config)
        rows: dict[str, KeptPage] = {}
        jobs: list[Job] = []
        for card, digest in sorted(self._cards(batch), key=lambda one: one[0].path):
            body, _ = batch[card.path]
            key = self._key(digest, card.publisher)
            made = make_kept(self._config, rules, self._prepared, self._gallery, self._articles, card, body, key)
            page = page_of(self._config, made)
            assert page is not None, "every article gets one"
            rows[card.path] = KeptPage(
                stamp=self._prepared.snapshot.stamp_of(card.path),
                text=text_mark(body),
                key=key,
                page=fingerprint(page),
                pictures=made.pictures,
                served=made.served,
                links=made.links,
            )
            self.pictures.update(name for name, _ in (*made.pictures, *made.served))
            jobs.append(self._pages.article(page))
        self._gallery.release()
        self._state.keep({"pages": rows})
        yield from self.hand_over(jobs)

    def hand_over(self, jobs: Collection[Job]) -> Iterator[Sequence[OutputFile | str]]:
        """Yield the files of some jobs; of those that are as they should be, the path alone."""
        keys = {job.path: job.key for job in jobs}
        left = self._outputs.left(keys)
        self.left |= left
        files = [OutputFile(path=job.path, data=job.render()) for job in jobs if job.path not in left]
        yield [*left, *files]
        made = {file.path: (keys[file.path], sha256(file.data).hexdigest()) for file in files}
        self._outputs.keep(made)  # whoever asks for more has written them
        self.made.update(made)

    def stays(self) -> frozenset[str]:
        """Answer paths of pages that stay as they are, if they are there.

        Those are of articles that nobody can read now, or that vanished just now, and of copies that subscribers know
        by ids of their own.
        """
        register = self._state.register
        copies = [*self._twins.copies, *(path for paths in self._prepared.chosen.copies.values() for path in paths)]
        unread = [*register.standing(Standing.AWAY), *self._prepared.chosen.gone]
        ids = [one.id for one in register.some(unread)]
        ids += self._state.announced(one.id for one in register.some(copies))
        return frozenset([*map(page_path_of, ids), *self.names()])


class OlderPictures:
    """The archive's pictures that older pages show, and no entry."""

    def __init__(self, config: Config, older: Older, gallery: Gallery, known: Collection[str]) -> None:
        """Take the pages, all pictures, and output-relative paths of those that are copied anyway."""
        self._config = config
        self._older = older
        self._gallery = gallery
        self._known = known

    def _copies(self) -> list[Copy]:
        return [copy for copy in self._gallery.copies if copy.path not in self._known]

    def names(self) -> Collection[str]:
        """Answer the output-relative paths of those that are known until now."""
        return {copy.path for copy in self._copies()}

    def batches(self) -> Iterator[Sequence[OutputFile | str]]:
        """Read the pictures, a batch at a time."""
        for batch in _batched(self._copies(), BATCH):
            yield from self._older.hand_over([copy_job(self._config, copy) for copy in batch])


def _batched(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    ahead = iter(items)
    return iter(lambda: tuple(islice(ahead, size)), ())
