// Draws the report from the data beside it; plain script of a page that opens from a file.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PICTURES = "pictures/";

  /** Makes an element; attributes whose value is undefined are left out. */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
  }

  const columnsByName = new Map(data.columns.map((column) => [column.name, column]));

  function digits(value, column, more = 0) {
    return value === null || value === undefined ? "–" : value.toFixed(column.digits + more);
  }

  function signed(value, column) {
    return value === null || value === undefined
      ? "–"
      : `${value < 0 ? "" : "+"}${value.toFixed(column.digits + 1)}`;
  }

  /** How bad a figure is, larger is worse; figures that are not there come last. */
  function badness(value, column, isChange) {
    if (value === null || value === undefined) return -Infinity;
    if (column.better === "more") return -value;
    if (column.better === "one") return Math.abs(isChange ? value : value - 1);
    return value;
  }

  /** A table whose columns sort at a click; cells are { text, value }. */
  function sortableTable(head, rows) {
    const body = make("tbody");
    let [sorted, isDown] = [-1, true];
    const heads = head.map((name, at) =>
      make(
        "th",
        { scope: "col" },
        make("button", { type: "button", onclick: () => sortBy(at) }, name),
      ),
    );
    function sortBy(at) {
      isDown = sorted === at ? !isDown : true;
      sorted = at;
      for (const [n, th] of heads.entries()) {
        if (n === at) th.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      }
      const sign = isDown ? -1 : 1;
      body.append(
        ...[...drawn]
          .sort((a, b) => {
            const [p, q] = [a.row.cells[at].value, b.row.cells[at].value];
            if (p === null || q === null) return (p === null) - (q === null);
            return sign * (typeof p === "string" ? -p.localeCompare(q) : p - q);
          })
          .map(({ element }) => element),
      );
    }
    const drawn = rows.map((row) => ({
      row,
      element: make(
        "tr",
        { class: row.isOwn ? "own" : undefined },
        ...row.cells.map((cell) => make("td", { class: cell.style }, cell.text)),
      ),
    }));
    body.append(...drawn.map(({ element }) => element));
    return make(
      "div",
      { class: "wide" },
      make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body),
    );
  }

  function summaryTable(table, index) {
    const isByMethod = index === 0 && table.rows.every((row) => row.name === "all");
    const section = make("section", { id: `table-${index}` }, make("h2", {}, table.title));
    const place = make("div");
    const draw = (method) => {
      const rows = table.rows.filter((row) => isByMethod || row.method === method);
      place.replaceChildren(
        sortableTable(
          [
            isByMethod ? "method" : "group",
            "pairs",
            "faces",
            ...data.columns.map((column) => column.name),
          ],
          rows.map((row) => ({
            isOwn: isByMethod && row.method === data.product,
            cells: [
              {
                text: isByMethod ? row.method : row.name,
                value: isByMethod ? row.method : row.name,
              },
              { text: row.pairs, value: Number.parseFloat(row.pairs) },
              { text: `${row.faces}`, value: row.faces },
              ...data.columns.map((column) => ({
                text: digits(row.figures[column.name], column),
                value: row.figures[column.name] ?? null,
              })),
            ],
          })),
        ),
      );
    };
    if (!isByMethod && data.methods.length > 1) section.append(methodChoice(data.methods, draw));
    section.append(place);
    draw(data.product);
    return section;
  }

  function methodChoice(methods, onChange, label = "method") {
    const select = make(
      "select",
      { onchange: () => onChange(select.value) },
      ...methods.map((method) => make("option", {}, method)),
    );
    select.value = methods.includes(data.product) ? data.product : methods[0];
    return make("label", { class: "faint" }, label, select);
  }

  function comparison({ name, differences }, index) {
    const heads = [
      "column",
      "faces",
      "before",
      "after",
      "mean difference",
      "95 % interval",
      "verdict",
      "changed most",
    ];
    const rows = differences.map((d) => {
      const column = columnsByName.get(d.column);
      return {
        cells: [
          { text: d.column, value: d.column },
          { text: `${d.faces}`, value: d.faces },
          { text: digits(d.before, column), value: d.before },
          { text: digits(d.after, column), value: d.after },
          { text: signed(d.difference, column), value: d.difference },
          { text: `${signed(d.low, column)} to ${signed(d.high, column)}`, value: d.low },
          {
            text: d.verdict,
            value: d.verdict,
            style: d.verdict === "better" ? "good" : d.verdict === "worse" ? "bad" : undefined,
          },
          {
            text: changes(d, column),
            value: d.most.length === 0 ? null : Math.abs(d.most[0].change),
            style: "words",
          },
        ],
      };
    });
    return make(
      "section",
      { id: `comparison-${index}` },
      make("h2", {}, `Paired by face: ${name}`),
      sortableTable(heads, rows),
    );
  }

  function changes({ most }, column) {
    const parts = document.createDocumentFragment();
    for (const [n, { pair, merge, change }] of most.entries()) {
      const id = `${pair}-${merge + 1}`;
      if (n > 0) parts.append(", ");
      const isHere = data.faces.some((face) => face.id === id);
      parts.append(
        isHere ? make("a", { href: `#${id}`, onclick: () => show(id) }, id) : id,
        ` ${signed(change, column)}`,
      );
    }
    return parts;
  }

  function targets() {
    const section = make("section", { id: "targets" }, make("h2", {}, "Targets and wishes"));
    if (data.faults.length === 0)
      section.append(make("p", { class: "good" }, "Every gate is kept."));
    for (const fault of data.faults) section.append(make("p", { class: "bad" }, fault));
    if (data.wishes.length === 0) return section;
    const open = data.wishes.filter((wish) => !wish.isReached).length;
    const summary = make(
      "summary",
      {},
      `${open} of ${data.wishes.length} wishes are not reached yet`,
    );
    const details = make("details", {}, summary);
    section.append(details);
    details.append(
      sortableTable(
        ["wish", "figure", "wanted", "state"],
        data.wishes.map(({ name, value, wanted, isReached }) => ({
          cells: [
            { text: name, value: name },
            { text: value, value: Number(value) },
            { text: wanted, value: wanted },
            isReached
              ? { text: "reached", value: 1, style: "good" }
              : { text: "not yet", value: 0, style: "bad" },
          ],
        })),
      ),
    );
    return section;
  }

  const filter = { purpose: "", size: "", text: "", column: "seam", method: data.product };
  const list = make("ul", { class: "faces" });
  const count = make("span", { class: "faint", role: "status" });
  let order = [];

  function faceList() {
    const ofFaces = data.columns.filter((column) => column.isOfFaces);
    const choice = (label, key, options, all) => {
      const select = make(
        "select",
        {
          onchange: () => {
            filter[key] = select.value;
            drawFaces();
          },
        },
        ...(all ? [make("option", { value: "" }, all)] : []),
        ...options.map((option) => make("option", {}, option)),
      );
      select.value = filter[key];
      return make("label", {}, label, select);
    };
    const sizes = [
      ...new Set([...data.faces].sort((a, b) => a.facePx - b.facePx).map((face) => face.size)),
    ];
    const unique = (key) => [...new Set(data.faces.map((face) => face[key]))];
    const methods = [...new Set(data.faces.flatMap((face) => Object.keys(face.figures)))];
    if (!methods.includes(filter.method)) filter.method = methods[0];
    const search = make("input", {
      type: "search",
      size: "12",
      oninput: () => {
        filter.text = search.value.trim();
        drawFaces();
      },
    });
    const reverse = make(
      "button",
      {
        type: "button",
        class: "plain",
        "aria-pressed": "false",
        onclick: () => {
          filter.isReversed = !filter.isReversed;
          reverse.setAttribute("aria-pressed", `${filter.isReversed}`);
          drawFaces();
        },
      },
      "best first",
    );
    return make(
      "section",
      { id: "faces" },
      make("h2", {}, "Faces"),
      make(
        "div",
        { class: "bar" },
        choice(
          "worst by",
          "column",
          ofFaces.map((column) => column.name),
        ),
        reverse,
        choice("figures of", "method", methods),
        choice("purpose", "purpose", unique("purpose"), "all"),
        choice("size", "size", sizes, "all"),
        make("label", {}, "pair", search),
        count,
      ),
      list,
    );
  }

  function drawFaces() {
    const column = columnsByName.get(filter.column);
    const sign = filter.isReversed ? -1 : 1;
    const of = (face) => face.figures[filter.method]?.[filter.column] ?? null;
    const rank = (face) => badness(of(face), column, filter.method === "change");
    order = data.faces
      .filter(
        (face) =>
          (filter.purpose === "" || face.purpose === filter.purpose) &&
          (filter.size === "" || face.size === filter.size) &&
          face.id.includes(filter.text),
      )
      .sort((a, b) => {
        const [p, q] = [rank(a), rank(b)];
        if (p === -Infinity || q === -Infinity) return (p === -Infinity) - (q === -Infinity);
        return sign * (q - p);
      });
    count.textContent = `${order.length} of ${data.faces.length} faces`;
    list.replaceChildren(...order.map(faceCard));
  }

  function faceCard(face) {
    const own = face.figures[filter.method] ?? {};
    return make(
      "li",
      { class: "face", id: face.id },
      make(
        "h3",
        {},
        `${face.id} `,
        make("span", { class: "faint" }, `${face.purpose} · face ${Math.round(face.facePx)} px`),
      ),
      make(
        "div",
        { class: "views" },
        ...Object.entries(face.views).map(([view, files]) =>
          make(
            "button",
            { type: "button", class: "view", onclick: () => open(face, view) },
            make("img", {
              loading: "lazy",
              decoding: "async",
              width: "180",
              height: "180",
              src: PICTURES + files.small,
              alt: `${view} of ${face.id}`,
            }),
            make("span", {}, view),
          ),
        ),
      ),
      make(
        "dl",
        {},
        ...data.columns
          .filter((column) => column.isOfFaces)
          .map((column) =>
            make(
              "div",
              { class: column.name === filter.column ? "sorted" : undefined },
              make("dt", {}, column.name),
              make(
                "dd",
                {},
                filter.method === "change"
                  ? signed(own[column.name], column)
                  : digits(own[column.name], column),
              ),
            ),
          ),
      ),
    );
  }

  /** Shows a face's card whatever the filters leave out. */
  function show(id) {
    if (order.some((face) => face.id === id)) return;
    Object.assign(filter, { purpose: "", size: "", text: "" });
    document.getElementById("faces").replaceWith(faceList());
    drawFaces();
  }

  // The dialog: one face large, its views laid over each other at the same place.
  const room = make("div", { class: "room" });
  const title = make("strong");
  const tabs = make("span", { class: "views", role: "group", "aria-label": "view" });
  const scaleNote = make("span", { class: "faint" });
  const wholeButton = make(
    "button",
    { type: "button", class: "plain", onclick: () => turn({ isWhole: !shown.isWhole }) },
    "whole picture (w)",
  );
  const dialog = make(
    "dialog",
    { "aria-label": "enlarged" },
    make(
      "div",
      { class: "stage" },
      make(
        "header",
        {},
        title,
        tabs,
        make(
          "button",
          { type: "button", class: "plain", onclick: toggle },
          "before / after (space)",
        ),
        wholeButton,
        make("span", { class: "push" }),
        make("button", { type: "button", class: "plain", onclick: () => step(-1) }, "← previous"),
        make("button", { type: "button", class: "plain", onclick: () => step(1) }, "next →"),
        make("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "close"),
      ),
      room,
      make("footer", { class: "faint" }, scaleNote),
    ),
  );
  let shown = { face: data.faces[0], view: "template", isWhole: false };

  function open(face, view) {
    turn({ face, view });
    if (!dialog.open) dialog.showModal();
  }

  function turn(change) {
    shown = { ...shown, ...change };
    const { face, isWhole } = shown;
    if (!(shown.view in face.views)) shown.view = "template";
    const { view } = shown;
    title.textContent = `${face.id} · ${face.purpose}`;
    tabs.replaceChildren(
      ...Object.keys(face.views).map((name, n) =>
        make(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-pressed": `${name === view}`,
            onclick: () => turn({ view: name }),
          },
          `${name} (${n + 1})`,
        ),
      ),
    );
    wholeButton.setAttribute("aria-pressed", `${isWhole}`);
    const image = make("img", { alt: `${view} of ${face.id}` });
    image.addEventListener("load", () => {
      // Small faces are enlarged by whole numbers, so that each pixel can be seen.
      const scale = Math.max(1, Math.floor(640 / image.naturalWidth));
      image.style.width = `${image.naturalWidth * scale}px`;
      image.style.imageRendering = scale > 1 ? "pixelated" : "auto";
      scaleNote.textContent = `${image.naturalWidth}×${image.naturalHeight} px of the file, shown ${scale}:1`;
      const { scrollLeft, scrollTop } = room;
      room.replaceChildren(image);
      room.scrollTo(scrollLeft, scrollTop);
    });
    image.src = PICTURES + face.views[view][isWhole ? "whole" : "face"];
  }

  function toggle() {
    turn({ view: shown.view === data.product ? "template" : data.product });
  }

  function step(by) {
    const at = order.indexOf(shown.face);
    turn({ face: order[(at + by + order.length) % order.length] });
  }

  document.addEventListener("keydown", (event) => {
    if (!dialog.open) return;
    const names = Object.keys(shown.face.views);
    if (event.key === " ") toggle();
    else if (event.key === "w") turn({ isWhole: !shown.isWhole });
    else if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
    else if (names[Number(event.key) - 1]) turn({ view: names[Number(event.key) - 1] });
    else return;
    event.preventDefault();
  });

  document.body.append(
    make("h1", {}, "Faceloom scoreboard"),
    make("p", { class: "faint" }, data.title),
    make(
      "nav",
      {},
      make("a", { href: "#targets" }, "targets"),
      ...data.tables.map((table, n) => make("a", { href: `#table-${n}` }, table.title)),
      ...data.comparisons.map(({ name }, n) => make("a", { href: `#comparison-${n}` }, name)),
      make("a", { href: "#faces" }, "faces"),
    ),
    targets(),
    ...data.tables.map(summaryTable),
    ...data.comparisons.map(comparison),
    faceList(),
    ...data.refusals.map(({ pair, reason }) => make("p", {}, `${pair} is refused: ${reason}`)),
    dialog,
  );
  drawFaces();
})();
