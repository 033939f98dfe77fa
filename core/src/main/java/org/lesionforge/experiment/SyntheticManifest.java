package org.lesionforge.experiment;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.lesionforge.io.UnusableInputException;

/**
 * What a folder of synthetic images says of itself.
 *
 * @param generators for each image, the checksum of the generator that drew it
 */
record SyntheticManifest(List<String> generators) {
    /** @throws UnusableInputException when there is no such table, or it cannot be read */
    static SyntheticManifest read(Path folder) {
        Path file = folder.resolve("manifest.csv");
        List<String> generators = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
            lines.forEach(line -> generators.add(line.getField("generator_sha256")));
        } catch (IOException | NoSuchElementException e) {
            throw new UnusableInputException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new SyntheticManifest(List.copyOf(generators));
    }
}
