// The words and marks of a picture, as boxes in its own pixels.
() => {
    const picture = document.querySelector("svg.main-svg");
    const box = (part) => {
        const {left, top, right, bottom} = part.getBoundingClientRect();
        return {left, top, right, bottom};
    };
    const size = (text, part) => {
        const drawn = text.getScreenCTM();
        return parseFloat(getComputedStyle(part).fontSize) * Math.hypot(drawn.a, drawn.b);
    };
    const grounds = (text) => [...(text.closest(".annotation")?.querySelectorAll("rect.bg") ?? [])];
    const onGround = (text) => grounds(text).some((ground) => parseFloat(ground.style.fillOpacity || 0) > 0.7);
    const words = [...picture.querySelectorAll("text")].flatMap((text) => {
        const lines = [...text.querySelectorAll("tspan.line")];
        return (lines.length ? lines : [text]).map((part) => ({
            text: part.textContent.trim(), size: size(text, part), ground: onGround(text), ...box(part),
        }));
    });
    const drawn = ".scatterlayer .points path, .barlayer .point path, .errorbar path, .shapelayer path, .zerolinelayer path";
    const marks = [...picture.querySelectorAll(drawn)].map((part) => {
        const {left, top, right, bottom} = box(part);
        return {left, top, right: Math.max(right, left + 2), bottom: Math.max(bottom, top + 2),
                guide: Boolean(part.closest(".shapelayer, .zerolinelayer")),
                holds_words: Boolean(part.closest(".bars") || part.closest(".shapelayer"))};
    });
    const lines = [...picture.querySelectorAll(".scatterlayer path.js-line")].map((part) => {
        const [length, drawn] = [part.getTotalLength(), part.getScreenCTM()];
        const count = Math.ceil(length / 6);
        return Array.from({length: count + 1}, (_, i) => part.getPointAtLength((length * i) / Math.max(count, 1)))
            .map((at) => at.matrixTransform(drawn)).map(({x, y}) => [x, y]);
    });
    return {words: words.filter(({text}) => text), marks, lines, edges: box(picture)};
}
