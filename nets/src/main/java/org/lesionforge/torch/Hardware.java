package org.lesionforge.torch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine computes with, by the names that its system has for it: for records, never to decide anything. */
final class Hardware {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path CARDS = Path.of("/proc/driver/nvidia/gpus");
    private static final Pattern MODEL = Pattern.compile("(?m)^(?:model name|Model)\\s*:\\s*(\\S.*)$");

    private Hardware() {}

    /** Empty where the system does not tell: Linux on ARM and macOS. */
    static Optional<String> processor() {
        return model(PROCESSORS).or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")));
    }

    /** NVIDIA's cards; empty where the driver does not tell. */
    static Optional<String> cards() {
        return cards(CARDS);
    }

    /** @param folder with a folder for each card, as NVIDIA's driver for Linux has it */
    static Optional<String> cards(Path folder) {
        Set<String> models = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(folder)) {
            cards.forEach(card -> model(card.resolve("information")).ifPresent(models::add));
        } catch (IOException e) {
            return Optional.empty();
        }
        return models.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", models));
    }

    /** @param file of lines {@code key: value} */
    static Optional<String> model(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            Matcher matcher = MODEL.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
