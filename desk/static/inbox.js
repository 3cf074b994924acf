/* Drawing boxes on a page. The text field beside it is the truth: a box drawn is a line written, a line typed is a box
   shown. Without this script the field alone does the same. Nothing is sent from here. */
(function () {
  'use strict';
  var LEAST = 0.4; /* per cent: anything smaller was a click, not a box */
  var LINE = /^\s*(\d{1,3})\s+([\d.,]+)\s+([\d.,]+)\s+([\d.,]+)\s+([\d.,]+)\s*$/;

  function number(text) { return parseFloat(text.replace(',', '.')); }
  function clamp(value) { return Math.min(100, Math.max(0, value)); }
  function lines(field) { return field.value.split('\n').filter(function (line) { return line.trim(); }); }
  function write(field, all) {
    field.value = all.length ? all.join('\n') + '\n' : '';
    field.dispatchEvent(new Event('input'));
  }
  function place(element, left, top, wide, high) {
    element.style.left = left + '%';
    element.style.top = top + '%';
    element.style.width = wide + '%';
    element.style.height = high + '%';
  }

  function live(sheet) {
    var field = document.getElementById(sheet.dataset.boxes);
    var image = sheet.querySelector('img');
    var page = sheet.dataset.page;
    var over = document.createElement('div');
    over.className = 'over';
    image.parentNode.appendChild(over);

    var tools = document.createElement('div');
    tools.className = 'tools';
    var undo = document.createElement('button');
    undo.type = 'button';
    undo.className = 'quiet';
    undo.textContent = 'Bỏ khung vừa vẽ';
    tools.appendChild(undo);
    sheet.appendChild(tools);

    function mine(line) { var found = LINE.exec(line); return found && found[1] === page ? found : null; }
    function remove(at) {
      write(field, lines(field).filter(function (_, k) { return k !== at; }));
    }
    function show() {
      over.textContent = '';
      var count = 0;
      lines(field).forEach(function (line, at) {
        var found = mine(line);
        if (!found) { return; }
        var box = document.createElement('button');
        box.type = 'button';
        count += 1;
        box.title = 'Khung ' + count + ': bấm để bỏ';
        box.setAttribute('aria-label', 'Trang ' + page + ', khung ' + count + ': bấm để bỏ');
        place(box, number(found[2]), number(found[3]), number(found[4]), number(found[5]));
        box.addEventListener('click', function () { remove(at); field.focus(); });
        over.appendChild(box);
      });
      tools.hidden = count === 0;
    }
    undo.addEventListener('click', function () {
      var all = lines(field);
      for (var at = all.length - 1; at >= 0; at -= 1) {
        if (mine(all[at])) { remove(at); return; }
      }
    });

    var start = null;
    var drawing = null;
    function spot(event) {
      var frame = over.getBoundingClientRect();
      return [clamp(100 * (event.clientX - frame.left) / frame.width),
              clamp(100 * (event.clientY - frame.top) / frame.height)];
    }
    function box(event) {
      var end = spot(event);
      var left = Math.min(start[0], end[0]);
      var top = Math.min(start[1], end[1]);
      return [left, top, Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1])];
    }
    over.addEventListener('pointerdown', function (event) {
      if (event.button !== 0 || event.target !== over) { return; }
      start = spot(event);
      drawing = document.createElement('div');
      drawing.className = 'drawing';
      over.appendChild(drawing);
      over.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    over.addEventListener('pointermove', function (event) {
      if (start) { place.apply(null, [drawing].concat(box(event))); }
    });
    over.addEventListener('pointerup', function (event) {
      if (!start) { return; }
      var drawn = box(event);
      start = null;
      drawing.remove();
      if (drawn[2] < LEAST || drawn[3] < LEAST) { return; }
      /* corners outwards, to a hundredth of a per cent */
      var left = Math.floor(drawn[0] * 100) / 100;
      var top = Math.floor(drawn[1] * 100) / 100;
      var wide = Math.min(100 - left, Math.ceil(drawn[2] * 100 + 1) / 100);
      var high = Math.min(100 - top, Math.ceil(drawn[3] * 100 + 1) / 100);
      var line = [page, left.toFixed(2), top.toFixed(2), wide.toFixed(2), high.toFixed(2)].join(' ');
      write(field, lines(field).concat([line]));
    });
    over.addEventListener('pointercancel', function () {
      if (start) { start = null; drawing.remove(); }
    });

    field.addEventListener('input', show);
    show();
  }

  document.querySelectorAll('.sheet').forEach(live);
}());
