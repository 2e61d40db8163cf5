"""The twin laboratory in a notebook: form, picture and words as ipywidgets that follow one another."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from ..live.failure import in_place_of_caption
from ..optional import missing
from .caption import different
from .experiment import Experiment
from .form import Form
from .laboratory import Laboratory
from .presets import BY_KEY, PRESETS
from .remedies import Advice, advice
from .static import tables
from .telling import nothing_found

SECONDS = 0.1  # a tick takes steps for so long at most, so that the controls stay alive
PAUSE = 200  # milliseconds from tick to tick
ENDLESS = 10**9  # ticks
SPEEDS = 1, 5, 20, 100  # steps a picture
OWN = "An experiment of your own"


class Panel:
    """Widgets of a laboratory: `box`, with all of them in it.

    The button that runs is ipywidgets' Play: it ticks in the browser, and each tick is a few steps
    here, so that the kernel stays free in between.
    """

    def __init__(self, laboratory: Laboratory):
        try:
            import ipywidgets as w
        except ModuleNotFoundError as error:
            raise missing(error, "The twin laboratory") from None
        self.laboratory, self._placing = laboratory, False
        self.form = Form(lambda experiment: self._safely(lambda: self._open(experiment)))
        menu = [(OWN, ""), *((f"{p.chapter}: {p.title}", p.key) for p in PRESETS)]
        wide, plain = w.Layout(width="98%"), w.Layout(width="auto")
        self.menu = w.Dropdown(options=menu, value="", description="experiment", layout=wide)
        self.play = w.Play(min=0, max=ENDLESS, value=0, interval=PAUSE, show_repeat=False)
        self.speed = w.Dropdown(
            options=SPEEDS, value=20, description="steps a picture", layout=plain
        )
        self.speed.style.description_width = "initial"
        self.moments = w.IntSlider(min=0, max=0, readout=False, description="moment", layout=wide)
        self.python = w.ToggleButton(description="Show the Python", layout=plain)
        self.numbers = w.ToggleButton(description="The numbers as tables", layout=plain)
        self.question, self.screen, self.words = w.HTML(), w.HTML(), w.HTML()
        self.code, self.table, self.findings = w.HTML(), w.HTML(), w.VBox()
        self.box = w.VBox(
            [
                *(self.menu, self.question, self.form.box),
                w.HBox([self._button("Copy A to B", self._copy)]),
                w.HBox(
                    [
                        self.play,
                        self._button("Step", lambda: self._go(1)),
                        self._button("Start over", lambda: self._open(laboratory.experiment)),
                        self.speed,
                    ]
                ),
                *(self.moments, self.screen, self.words),
                w.HBox(
                    [
                        self._button("What is wrong with A?", lambda: self._diagnose("A")),
                        self._button("What is wrong with B?", lambda: self._diagnose("B")),
                        *(self.python, self.numbers),
                    ]
                ),
                *(self.findings, self.code, self.table),
            ]
        )
        self._when(self.menu, lambda key: key and self._open(BY_KEY[key].experiment))
        self._when(self.play, self._tick)
        self._when(self.moments, self._scrub)
        self._when(self.python, lambda on: self._show())
        self._when(self.numbers, lambda on: self._show())
        self._placed()

    @property
    def running(self) -> bool:
        """Whether the browser ticks."""
        return getattr(self.play, self._playing)

    @running.setter
    def running(self, on: bool) -> None:
        setattr(self.play, self._playing, on)

    @property
    def _playing(self) -> str:
        return "playing" if self.play.has_trait("playing") else "_playing"  # of ipywidgets 7

    def _open(self, experiment: Experiment) -> None:
        """Begin an experiment anew; whether it runs stays as it was."""
        self.laboratory.open(experiment)
        self.findings.children = ()
        self._placed()

    def _copy(self) -> None:
        now = self.laboratory.experiment
        self._open(Experiment(now.shared, now.a))

    def _tick(self, tick: int) -> None:
        if tick == 0:  # its button that stops
            self._open(self.laboratory.experiment)
        else:
            self._go(self.speed.value, SECONDS)

    def _go(self, steps: int, seconds: float | None = None) -> None:
        """Take steps; pause where there are no more, and where the preset is at its end."""
        laboratory = self.laboratory
        laboratory.advance(steps, seconds)
        at_goal = laboratory.preset is not None and laboratory.twins.step == laboratory.preset.steps
        if laboratory.twins.over or at_goal:
            self.running = False
        self._show()

    def _scrub(self, index: int) -> None:
        self.running = False
        self.laboratory.look(index)
        self._show()

    def _diagnose(self, side: str) -> None:
        import ipywidgets as w

        self.running = False
        self.findings.children = (w.HTML(f"Looking at {side}; that takes a few seconds."),)
        laboratory = self.laboratory
        learner = laboratory.twins.learner(side, laboratory.moment.step)
        found = advice(side, learner)
        rows = [w.HTML(f"<p>{nothing_found(side, learner)}</p>")] if not found else []
        for one in found:
            rows.append(w.HTML(_finding(one)))
            if one.change:
                rows.append(self._button("Try it on B", lambda one=one: self._try(side, one)))
        self.findings.children = tuple(rows)

    def _try(self, side: str, found: Advice) -> None:
        """Put a remedy on B, which is as `side` in all else; A stays as it is."""
        now = self.laboratory.experiment
        own = now.a if side == "A" else now.b
        self._open(Experiment(now.shared, now.a, {**own, **found.change}))
        self.running = True

    def _placed(self) -> None:
        """Set form and menu to what is on the bench."""
        laboratory = self.laboratory
        self.form.place(laboratory.experiment)
        self._placing = True
        self.menu.value = laboratory.preset.key if laboratory.preset else ""
        self._placing = False
        self._show()

    def _show(self) -> None:
        """Draw the moment, and say what there is to say."""
        laboratory, moment = self.laboratory, self.laboratory.moment
        self._placing = True
        self.moments.max = len(laboratory.twins.moments) - 1
        self.moments.value = laboratory.index
        self._placing = False
        self.moments.description = f"step {moment.step}"
        self.screen.value = laboratory.svg
        self.words.value = "".join(f"<p>{escape(said)}</p>" for said in self._said())
        question = laboratory.preset.question if laboratory.preset else ""
        self.question.value = f"<p>{escape(question)}</p>"
        code = laboratory.twins.script(moment.step) if self.python.value else ""
        self.code.value = f"<pre>{escape(code)}</pre>" * bool(code)
        self.table.value = tables(laboratory.experiment, moment) if self.numbers.value else ""

    def _said(self) -> list[str]:
        laboratory = self.laboratory
        said = [laboratory.caption]
        said += [
            f"{name}: {side.stopped}"
            for name, side in zip("AB", laboratory.moment.sides, strict=True)
            if side.stopped
        ]
        if words := laboratory.finding:
            said.append(f"Found: {words}")
        if words := different(laboratory.experiment):
            said.append(f"Different: {words}.")
        return said + laboratory.experiment.notes()

    def _button(self, words: str, act: Callable[[], None]) -> Any:
        import ipywidgets as w

        look = w.Layout(width="auto", align_self="flex-start")
        button = w.Button(description=words, layout=look)
        button.on_click(lambda _: self._safely(act))
        return button

    def _when(self, widget: Any, act: Callable[[Any], Any]) -> None:
        """Act when a hand moves a widget."""
        widget.observe(
            lambda change: self._placing or self._safely(lambda: act(change.new)), "value"
        )

    def _safely(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except BaseException as error:  # also a stop: nobody sees what a widget raises
            self.running = False
            self.words.value = in_place_of_caption(error)


def _finding(found: Advice) -> str:
    """One of diagnose's findings, as HTML."""
    return (
        f"<p><b>{escape(found.name)}.</b> {escape(found.says)} Remedy: {escape(found.remedy)}."
        f" {escape(found.tried)}</p>"
    )
