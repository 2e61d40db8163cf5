"""How an answer is judged, apart from how the verdict is shown. numpy only; no thread, process or
signal, so it also runs where Python itself runs in a browser.
"""
