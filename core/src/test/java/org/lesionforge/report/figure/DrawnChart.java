package org.lesionforge.report.figure;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A drawing as a reader finds it: where its marks and its texts are, by the metrics of a real font. */
public record DrawnChart(
        String name, Box viewBox, List<Box> marks, List<Text> texts, List<Box> cells, List<String> lineStyles) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    public record Box(double left, double top, double right, double bottom, double opacity) {
        public boolean contains(Box other) {
            return other.left >= left && other.top >= top && other.right <= right && other.bottom <= bottom;
        }

        public boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    public record Text(String text, String style, double y, Box box) {}

    public static DrawnChart read(Path svg) throws Exception {
        return parse(svg.getFileName().toString(), Files.readString(svg));
    }

    public static DrawnChart of(Svg svg) throws Exception {
        return parse(svg.id(), svg.standalone());
    }

    private static DrawnChart parse(String name, String markup) throws Exception {
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)))
                .getDocumentElement();
        List<Double> view = numbers(svg.getAttribute("viewBox"));
        Box viewBox = new Box(view.get(0), view.get(1), view.get(2), view.get(3), 1);
        List<Box> marks = new ArrayList<>();
        List<Box> cells = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Element path : elements(svg, "path")) {
            box(path.getAttribute("d")).ifPresent(marks::add);
        }
        for (Element polygon : elements(svg, "polygon")) {
            box(polygon.getAttribute("points")).ifPresent(marks::add);
        }
        for (Element line : elements(svg, "line")) {
            double x1 = at(line, "x1");
            double x2 = at(line, "x2");
            double y1 = at(line, "y1");
            double y2 = at(line, "y2");
            marks.add(new Box(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2), 1));
            if (line.getAttribute("class").startsWith("line ")) {
                lines.add(line.getAttribute("class").substring(5));
            }
        }
        for (Element dot : elements(svg, "circle")) {
            double r = at(dot, "r");
            marks.add(new Box(at(dot, "cx") - r, at(dot, "cy") - r, at(dot, "cx") + r, at(dot, "cy") + r, 1));
        }
        for (Element cell : elements(svg, "rect")) {
            double opacity = cell.hasAttribute("fill-opacity") ? at(cell, "fill-opacity") : 1;
            Box box = new Box(
                    at(cell, "x"),
                    at(cell, "y"),
                    at(cell, "x") + at(cell, "width"),
                    at(cell, "y") + at(cell, "height"),
                    opacity);
            marks.add(box);
            if (cell.getAttribute("class").equals("heat")) {
                cells.add(box);
            }
        }
        List<Text> texts = new ArrayList<>();
        for (Element text : elements(svg, "text")) {
            texts.add(measured(text));
        }
        return new DrawnChart(name, viewBox, marks, texts, cells, lines);
    }

    private static Text measured(Element text) {
        String style = text.getAttribute("class");
        boolean bold = style.matches("chart-title|heading|count");
        Font font = new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 100);
        double scale = at(text, "font-size") / 100;
        Rectangle2D size = font.getStringBounds(text.getTextContent(), CONTEXT);
        double width = size.getWidth() * scale;
        double left = at(text, "x")
                - switch (text.getAttribute("text-anchor")) {
                    case "middle" -> width / 2;
                    case "end" -> width;
                    default -> 0;
                };
        double y = at(text, "y");
        // From the top of the capitals to the tail of a g; the leading of the font's box is air.
        return new Text(
                text.getTextContent(), style, y, new Box(left, y - 76 * scale, left + width, y + 24 * scale, 1));
    }

    /** How strongly the cell that lies below a text is filled; 0 for the bare paper. */
    public double opacityBelow(Text text) {
        return cells.stream()
                .filter(cell -> cell.overlaps(text.box()))
                .mapToDouble(Box::opacity)
                .max()
                .orElse(0);
    }

    private static Optional<Box> box(String points) {
        List<Double> all = numbers(points);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + 1 < all.size(); i += 2) {
            left = Math.min(left, all.get(i));
            right = Math.max(right, all.get(i));
            top = Math.min(top, all.get(i + 1));
            bottom = Math.max(bottom, all.get(i + 1));
        }
        return Optional.of(new Box(left, top, right, bottom, 1));
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(Double.valueOf(matcher.group()));
        }
        return numbers;
    }

    private static double at(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static List<Element> elements(Element svg, String tag) {
        NodeList found = svg.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
