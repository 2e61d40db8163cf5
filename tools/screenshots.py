"""The README's moving picture: a live figure of the built site, moved by its own controls.

    python tools/screenshots.py           after `make book`

Nothing in it is drawn for the occasion: a browser opens the page, presses the keys that a reader
would press, and the figure is photographed after each.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
TARGET = ROOT / "docs" / "gradient-flow.gif"
PAGE, FIGURE = "04_vanishing_gradients.html", "live-gradient-flow"
WIDTH = 720  # pixels
MOVES = [  # (control, key, how often)
    ("depth", "Home", 1),
    ("depth", "ArrowRight", 6),
    ("activation", "ArrowDown", 1),
    ("activation", "ArrowDown", 1),
    ("init", "ArrowDown", 1),
]
STEP, REST = 450, 1800  # milliseconds: while a slider runs, and where a move ends
# Of a row of buttons, the chosen one has the keys.
FOCUS = "control => (control.querySelector('input:checked') ?? control).focus()"
SETTLED = "() => !document.querySelector('figure.live[aria-busy]')"


def photograph(page):
    """The figure as it stands, when it is painted."""
    page.wait_for_timeout(60)
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(60)
    picture = page.locator(f"#{FIGURE}").screenshot(animations="disabled")
    return Image.open(io.BytesIO(picture)).convert("RGB")


def record(page):
    """[(picture, milliseconds), ...] of all moves."""
    taken = []
    for control, key, times in MOVES:
        page.locator(f"#{FIGURE} [data-name={control}]").evaluate(FOCUS)
        for i in range(times):
            page.keyboard.press(key)
            taken.append((photograph(page), REST if i == times - 1 else STEP))
    return taken


def save(taken, target):
    """One animation of all pictures, equally large, with one palette."""
    width = max(picture.width for picture, _ in taken)
    height = max(picture.height for picture, _ in taken)
    scale = WIDTH / width
    size = WIDTH, round(height * scale)
    frames = []
    for picture, _ in taken:
        whole = Image.new("RGB", (width, height), "white")
        whole.paste(picture)
        frames.append(whole.resize(size, Image.Resampling.LANCZOS))
    palette = frames[-1].quantize(64)
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    target.parent.mkdir(exist_ok=True)
    durations = [milliseconds for _, milliseconds in taken]
    frames[0].save(
        target, save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True
    )
    print(f"{target}: {len(frames)} pictures, {size[0]} x {size[1]}, {target.stat().st_size} bytes")


def main():
    chromium = next(filter(None, map(shutil.which, ["chromium", "google-chrome"])), None)
    if not chromium or not (SITE / PAGE).exists():
        sys.exit("screenshots.py needs Chromium and the built site: run make book first.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 900, "height": 1200}, device_scale_factor=1.5, color_scheme="light"
        )
        page = context.new_page()
        page.goto((SITE / PAGE).as_uri())
        page.wait_for_selector(f"#{FIGURE}.live-on")
        save(record(page), TARGET)
        browser.close()


if __name__ == "__main__":
    main()
