"""A plan carried out: what has changed is rendered and published, then kept for the next build."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial

from feeds.addresses import path_in_folder
from feeds.config import Config
from feeds.gallery import FOLDER as PICTURES
from feeds.model import OutputFile
from feeds.pipeline.job import ARTICLES
from feeds.pipeline.keep import (
    Rows,
    asked_pictures,
    kept_marks,
    paths_of_news,
    rows_of_archive,
    rows_of_feeds,
    rows_of_output,
)
from feeds.pipeline.knowledge import Knowledge
from feeds.pipeline.older import OlderPictures
from feeds.pipeline.outputs import Outputs
from feeds.pipeline.plan import Plan
from feeds.pipeline.prepare import card_rules
from feeds.pipeline.readings import fingerprint_of_rules
from feeds.pipeline.report import Progress
from feeds.pipeline.shortcut import Shortcut
from feeds.publish import MANIFEST, Later, PublishReport, publish, read_manifest
from feeds.state import Run


def publish_plan(
    config: Config, plan: Plan, knowledge: Knowledge, outputs: Outputs, progress: Progress
) -> PublishReport:
    """Render and write what differs from the output.

    Raises:
        WriteError: As `publish`.
    """
    manifest = knowledge.manifest
    later: tuple[Later, ...] = ()
    if plan.older is not None:
        progress("older articles", 0, 0)
        plan.older.survey(outputs)
        pictures = OlderPictures(config, plan.older, plan.gallery, {job.path for job in plan.jobs})
        later = (plan.older, pictures)
    progress("rendering", 0, 0)
    left = outputs.left({job.path: job.key for job in plan.jobs})
    files = [OutputFile(path=job.path, data=job.render()) for job in plan.jobs if job.path not in left]
    progress("writing", 0, 0)
    folders = [feed.folder for feed in manifest.feeds if feed.category in plan.holding.still]
    held = {path_in_folder(folder, name): key for folder in folders for key, name in config.paths.items()}
    stays = None if plan.held else plan.standing if plan.older is None else plan.older.stays()
    return publish(
        config.output,
        files,
        plan.feeds,
        manifest=manifest,
        keeps=partial(_keeps, config, held, stays, plan.holding.withdrawn),
        left=left if plan.older is None else left | plan.older.left,
        later=later,
    )


def save_plan(
    config: Config,
    plan: Plan,
    knowledge: Knowledge,
    outputs: Outputs,
    shortcut: Shortcut,
    *,
    now: datetime,
    program: str,
) -> None:
    """Keep what the next build needs.

    Raises:
        WriteError: The disk refuses.
    """
    state = knowledge.state
    if knowledge.places is None:
        return
    manifest = read_manifest(config.output)
    asked = asked_pictures(plan.entries, plan.pictures, plan.older.pictures if plan.older else ())
    has_vanished = plan.prepared.readings.has_vanished or plan.prepared.chosen.gone
    is_settled = plan.pictures.are_settled and not has_vanished
    rows: Rows = {
        **rows_of_archive(plan.prepared, state, asked, plan.entries),
        **rows_of_feeds(plan),
        **rows_of_output(outputs, plan.jobs, plan.older, manifest, state),
        "problems": {**plan.troubles.kept},
    }
    files = (*manifest.files, MANIFEST)
    run = Run(
        program=program,
        rules=fingerprint_of_rules(card_rules(config)),
        undated=config.undated,
        began=now,
        inputs=shortcut.inputs(plan.memory, outputs.look(files), asked) if is_settled else "",
        next_due=plan.next_due,
        ahead=tuple(plan.prepared.chosen.ahead),
        memory=plan.memory,
        articles=plan.prepared.snapshot.scan.count,
        left_out=dict(plan.prepared.left_out),
        feeds=len(plan.listing.feeds),
        entries=plan.entry_count,
        problems=plan.troubles.count,
        news=paths_of_news(plan, rows["announced"], state),
        marks=kept_marks(plan.prepared),
        selection=plan.prepared.selector.fingerprint,
    )
    emptied = () if plan.prepared.readings.is_comparable else ("texts", "bodies")
    emptied = emptied if plan.older else (*emptied, "pages")
    state.keep({**rows, "run": {"": run}}, emptied=emptied)
    state.save()


def _keeps(
    config: Config, held: Mapping[str, str], stays: Collection[str] | None, withdrawn: Collection[str], path: str
) -> bool:
    """Tell whether a published file that this build did not make stays.

    Those are pages and pictures that entries led to, and files of feeds that are held back; but of articles that are
    withdrawn no page stays.
    """
    if path in held:
        return config.pages or held[path] != "index"
    if path.startswith(ARTICLES + "/"):
        is_standing = path not in withdrawn if stays is None else path in stays
        return is_standing and config.article_pages != "none" and config.pages
    return path.startswith(PICTURES + "/")
