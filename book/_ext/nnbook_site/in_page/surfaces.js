/* What a network makes of its data, on a canvas. nnbook.surface(canvas, side, { x, t }, data, look): the plane in the
   classes' colors, with the points; nnbook.answered(canvas, answers, data, look): images with the network's answers. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const CLASSES = [[0x7b, 0x3f, 0xa0], [0x2b, 0x8a, 0x3e]], PALE = [0xf4, 0xf2, 0xf0];
  const hex = (rgb) => `rgb(${rgb.join(" ")})`;
  const COLUMNS = 4;

  /* 0, sure of class 0, to 255, sure of class 1, through PALE; softened, so that points stand out. */
  const SHADES = Array.from({ length: 256 }, (_, byte) => {
    const share = Math.abs(byte - 127.5) / 127.5 * 0.65, end = CLASSES[Number(byte > 127)];
    return PALE.map((part, i) => Math.round(part + (end[i] - part) * share));
  });
  const inked = (v) => PALE.map((part) => Math.round(part * (1 - 0.9 * v)));
  /* A small picture, a pixel a value, to be drawn larger. */
  function picture(side, values, shade) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    const pen = canvas.getContext("2d"), image = pen.createImageData(side, side);
    values.forEach((value, i) => image.data.set([...shade(value), 255], 4 * i));
    pen.putImageData(image, 0, 0);
    return canvas;
  }
  const unpacked = (text) => Array.from(atob(text), (letter) => letter.charCodeAt(0));

  nnbook.surface = (canvas, { surface, side }, { x, t }, { low, high }, look) => {
    const { pen, width, height } = nnbook.fitted(canvas);
    if (surface) {
      pen.imageSmoothingEnabled = true;
      pen.drawImage(picture(side, unpacked(surface), (byte) => SHADES[byte]), 0, 0, width, height);
    } else {
      pen.fillStyle = hex(PALE);
      pen.fillRect(0, 0, width, height);
    }
    const size = Math.max(2.2, width / 90);
    pen.lineWidth = 0.8;
    pen.strokeStyle = hex(PALE);
    x.forEach(([right, up], i) => {
      const px = (right - low[0]) / (high[0] - low[0]) * width;
      const py = (high[1] - up) / (high[1] - low[1]) * height;
      pen.fillStyle = hex(CLASSES[t[i]]);
      pen.beginPath();
      if (t[i]) {
        pen.moveTo(px, py - 1.3 * size);
        pen.lineTo(px + 1.2 * size, py + 0.9 * size);
        pen.lineTo(px - 1.2 * size, py + 0.9 * size);
        pen.closePath();
      } else pen.arc(px, py, size, 0, 7);
      pen.fill();
      pen.stroke();
    });
    if (surface) return;
    pen.font = look.font;
    pen.textAlign = "center";
    pen.fillStyle = "#1d2126";
    pen.fillText("no numbers to draw", width / 2, 16);
  };

  nnbook.answered = (canvas, answers, { images, labels }, look) => {
    const { pen, width, height } = nnbook.fitted(canvas);
    const rows = Math.ceil(images.length / COLUMNS), wide = width / COLUMNS, tall = height / rows;
    const words = 14, size = Math.min(wide - 4, tall - words - 4);
    const side = Math.round(Math.sqrt(images[0].length));
    pen.font = look.font;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    images.forEach((pixels, i) => {
      const middle = (i % COLUMNS + 0.5) * wide, top = Math.floor(i / COLUMNS) * tall + 2, left = middle - size / 2;
      const [label, probability] = answers[i], wrong = label !== labels[i];
      pen.imageSmoothingEnabled = false;
      pen.drawImage(picture(side, pixels, inked), left, top, size, size);
      pen.fillStyle = wrong ? look.wrong : look.ink;
      const said = label === null ? "?" : `${label}  ${Math.round(100 * probability)}%`;
      pen.fillText(said, middle, top + size + words / 2 + 1, wide - 4);
      if (!wrong) return;
      pen.strokeStyle = look.wrong;
      pen.lineWidth = 2;
      pen.strokeRect(left + 1, top + 1, size - 2, size - 2);
      const arm = size / 6, x = left + size - arm - 4, y = top + arm + 4;
      pen.beginPath();
      pen.moveTo(x - arm, y - arm); pen.lineTo(x + arm, y + arm);
      pen.moveTo(x + arm, y - arm); pen.lineTo(x - arm, y + arm);
      pen.stroke();
    });
  };
})();
