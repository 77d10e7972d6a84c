// A line under the pointer in every time line, and below each the figures of that second.
(function () {
  const figures = Array.from(document.querySelectorAll("figure")).map((figure) => ({
    svg: figure.querySelector("svg"),
    cursor: figure.querySelector(".cursor"),
    caption: figure.querySelector(".reading"),
    runs: JSON.parse(figure.querySelector(".readings").textContent),
  }));
  function show(second) {
    for (const f of figures) {
      const d = f.svg.dataset;
      const inside = second >= 0 && second < Number(d.seconds);
      f.cursor.style.visibility = inside ? "visible" : "hidden";
      f.caption.textContent = "";
      if (!inside) continue;
      const x = Number(d.left) + ((Number(d.right) - Number(d.left)) * second) / Number(d.seconds);
      f.cursor.setAttribute("x1", x);
      f.cursor.setAttribute("x2", x);
      for (const run of f.runs) {
        const text = run.texts[Math.floor(second)];
        if (text === undefined) continue;
        const line = document.createElement("div");
        line.textContent = Math.floor(second) + " s" + (run.label ? " · " + run.label : "") + " · " + text;
        f.caption.appendChild(line);
      }
    }
  }
  for (const f of figures) {
    f.svg.addEventListener("pointermove", (event) => {
      const box = f.svg.getBoundingClientRect();
      const d = f.svg.dataset;
      const x = ((event.clientX - box.left) * f.svg.viewBox.baseVal.width) / box.width;
      show(((x - Number(d.left)) * Number(d.seconds)) / (Number(d.right) - Number(d.left)));
    });
    f.svg.addEventListener("pointerleave", () => show(-1));
  }
})();
