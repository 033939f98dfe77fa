package org.lesionforge.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesionforge.data.prepare.GroupConflict;
import org.lesionforge.data.source.Preset;
import org.lesionforge.experiment.Seeds;
import org.lesionforge.gan.Flips;
import org.lesionforge.gan.GanPreset;
import org.lesionforge.inception.Resize;
import org.lesionforge.inception.Tap;
import org.lesionforge.run.Arm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values that the library gives words of its own, which no name of an enum constant can be. */
abstract class WordConverter<T> implements ITypeConverter<T> {
    private final Function<String, T> meaning;

    /** @param meaning throws IllegalArgumentException, saying which words there are */
    private WordConverter(Function<String, T> meaning) {
        this.meaning = meaning;
    }

    @Override
    public T convert(String word) {
        try {
            return meaning.apply(word);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** {@code none}, {@code dcgan:500+degraded}, {@code dcgan@0.5+only}. */
    static final class OfArm extends WordConverter<Arm> {
        OfArm() {
            super(Arm::of);
        }
    }

    /** {@code stylegan=~/fakes}. */
    static final class OfNamedFolder extends WordConverter<NamedFolder> {
        OfNamedFolder() {
            super(NamedFolder::of);
        }
    }

    /** {@code paper}, {@code small-data}. */
    static final class OfGanPreset extends WordConverter<GanPreset> {
        OfGanPreset() {
            super(GanPreset::of);
        }
    }

    /** {@code none}, {@code horizontal}, {@code both}. */
    static final class OfFlips extends WordConverter<Flips> {
        OfFlips() {
            super(Flips::of);
        }
    }

    /** {@code 0..4}, {@code 0,1,7}. */
    static final class OfSeeds extends WordConverter<List<Long>> {
        OfSeeds() {
            super(Seeds::of);
        }
    }

    /** {@code tf}, {@code pytorch-fid}, {@code clean}. */
    static final class OfResize extends WordConverter<Resize> {
        OfResize() {
            super(Resize::of);
        }
    }

    /** {@code 64}, {@code 192}, {@code 768}, {@code 2048}. */
    static final class OfTap extends WordConverter<Tap> {
        OfTap() {
            // NumberFormatException is an IllegalArgumentException too, and says what it could not read.
            super(word -> Tap.of(Integer.parseInt(word)));
        }
    }

    /** {@code 500000}, {@code 20MB}, {@code 1.5GB}: powers of 1000, as disks are sold. */
    static final class OfBytes extends WordConverter<Long> {
        private static final Pattern SIZE =
                Pattern.compile("(\\d{1,15}(?:\\.\\d+)?)\\s*([KMGT]?)B?", Pattern.CASE_INSENSITIVE);

        OfBytes() {
            super(OfBytes::bytes);
        }

        private static long bytes(String word) {
            Matcher size = SIZE.matcher(word);
            if (!size.matches()) {
                throw new IllegalArgumentException("a size is like 500000, 20MB or 1.5GB, got '" + word + "'");
            }
            double unit = Math.pow(
                    1000,
                    " KMGT"
                            .indexOf((size.group(2) + " ")
                                    .toUpperCase(Locale.ROOT)
                                    .charAt(0)));
            return Math.round(Double.parseDouble(size.group(1)) * unit);
        }
    }

    /** {@code isic}, {@code ham10000}, … */
    static final class OfPreset extends WordConverter<Preset> {
        OfPreset() {
            super(Preset::of);
        }
    }

    /** {@code error}, {@code leave-out}. */
    static final class OfSpanning extends WordConverter<GroupConflict> {
        OfSpanning() {
            super(OfSpanning::spanning);
        }

        private static GroupConflict spanning(String word) {
            return switch (word) {
                case "error" -> GroupConflict.ERROR;
                case "leave-out" -> GroupConflict.LEAVE_OUT;
                default -> throw new IllegalArgumentException("a choice is error or leave-out, got '" + word + "'");
            };
        }
    }
}
