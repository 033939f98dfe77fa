package org.lesionforge.cli.isic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.cli.common.WordConverter;

/** {@code 500000}, {@code 20MB}, {@code 1.5GB}: powers of 1000, as disks are sold. */
final class BytesConverter extends WordConverter<Long> {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15}(?:\\.\\d+)?)\\s*([KMGT]?)B?", Pattern.CASE_INSENSITIVE);

    BytesConverter() {
        super(BytesConverter::bytes);
    }

    private static long bytes(String word) {
        Matcher size = SIZE.matcher(word);
        if (!size.matches()) {
            throw new IllegalArgumentException("a size is like 500000, 20MB or 1.5GB, got '" + word + "'");
        }
        double unit = Math.pow(
                1000,
                " KMGT".indexOf((size.group(2) + " ").toUpperCase(Locale.ROOT).charAt(0)));
        return Math.round(Double.parseDouble(size.group(1)) * unit);
    }
}
