package org.lesionforge.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionforge.io.UnusableInputException;

/** With the headers of the published files. */
class PresetTest {
    @TempDir
    Path folder;

    private void table(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private SourceListing list(Preset preset, String... images) throws IOException {
        for (String image : images) {
            Files.createDirectories(folder.resolve("images"));
            Files.writeString(folder.resolve("images").resolve(image + ".jpg"), image);
        }
        return LabelFile.read(folder, preset.columns(folder, Optional.empty()), PartNames.usual(), ClassChoice.ALL);
    }

    private static Map<String, String> labels(SourceListing listing) {
        Map<String, String> labels = new TreeMap<>();
        listing.images().forEach(image -> labels.put(image.id(), image.label()));
        return labels;
    }

    private static Map<String, String> groups(SourceListing listing) {
        Map<String, String> groups = new TreeMap<>();
        listing.images().forEach(image -> groups.put(image.id(), image.group()));
        return groups;
    }

    @Test
    void whatIsicFetchMadeIsRecognised() throws IOException {
        table("query.json", "{}");
        table(
                "metadata.csv",
                "isic_id,path,copyright_license,attribution,diagnosis_1,patient_id,lesion_id",
                "ISIC_0000001,images/ISIC_0000001.jpg,CC-0,A,Benign,IP_1,IL_1",
                "ISIC_0000002,images/ISIC_0000002.jpg,CC-BY,B,Malignant,IP_1,IL_2",
                "ISIC_0000003,images/ISIC_0000003.jpg,CC-0,A,Indeterminate,IP_2,",
                "ISIC_0000004,images/ISIC_0000004.jpg,CC-0,A,Benign,,IL_3",
                "ISIC_0000005,images/ISIC_0000005.jpg,CC-0,A,,,IL_3",
                "ISIC_0000006,images/ISIC_0000006.jpg,CC-0,A,Malignant,,");
        SourceListing listing = list(
                Preset.recognise(folder).orElseThrow(),
                "ISIC_0000001",
                "ISIC_0000002",
                "ISIC_0000003",
                "ISIC_0000004",
                "ISIC_0000005",
                "ISIC_0000006");
        assertEquals(
                Map.of(
                        "ISIC_0000001",
                        "benign",
                        "ISIC_0000002",
                        "malignant",
                        "ISIC_0000004",
                        "benign",
                        "ISIC_0000006",
                        "malignant"),
                labels(listing));
        Map<String, String> groups = groups(listing);
        assertEquals(groups.get("ISIC_0000001"), groups.get("ISIC_0000002"));
        assertEquals("lesion_id=IL_3", groups.get("ISIC_0000004"));
        assertEquals("ISIC_0000006", groups.get("ISIC_0000006"));
        assertEquals(2, listing.skipped().size());
        assertTrue(listing.notes().contains("left out: 1 images of label 'Indeterminate'"), listing.toString());
    }

    @Test
    void oldTablesOfTheArchive() throws IOException {
        table(
                "metadata.csv",
                "isic_id,benign_malignant,diagnosis",
                "a,benign,nevus",
                "b,malignant,melanoma",
                "c,indeterminate/malignant,other");
        assertEquals(Map.of("a", "benign", "b", "malignant"), labels(list(Preset.ISIC, "a", "b", "c")));
        table("metadata.csv", "isic_id,diagnosis", "a,nevus", "b,basal cell carcinoma", "c,other");
        assertEquals(Map.of("a", "benign", "b", "malignant"), labels(list(Preset.ISIC)));
    }

    @Test
    void ham10000() throws IOException {
        table(
                "HAM10000_metadata.csv",
                "lesion_id,image_id,dx,dx_type,age,sex,localization,dataset",
                "HAM_0000118,ISIC_0027419,bkl,histo,80.0,male,scalp,vidir_modern",
                "HAM_0000118,ISIC_0025030,bkl,histo,80.0,male,scalp,vidir_modern",
                "HAM_0000550,ISIC_0024306,akiec,histo,45.0,male,trunk,vidir_modern");
        SourceListing listing = list(Preset.HAM10000, "ISIC_0027419", "ISIC_0025030", "ISIC_0024306");
        assertEquals(
                Map.of("ISIC_0025030", "benign", "ISIC_0027419", "benign", "ISIC_0024306", "malignant"),
                labels(listing));
        assertEquals("HAM_0000118", groups(listing).get("ISIC_0025030"));
        assertEquals(
                "copyright_license",
                listing.extraColumns().get(listing.extraColumns().size() - 1));
        assertEquals(
                "CC-BY-NC",
                listing.images().get(0).extra().get(listing.extraColumns().size() - 1));
    }

    @Test
    void isic2017() throws IOException {
        table(
                "ISIC-2017_Training_Part3_GroundTruth.csv",
                "image_id,melanoma,seborrheic_keratosis",
                "ISIC_0000000,0.0,0.0",
                "ISIC_0000002,1.0,0.0",
                "ISIC_0000008,0.0,1.0");
        assertEquals(
                Map.of("ISIC_0000000", "benign", "ISIC_0000002", "malignant", "ISIC_0000008", "benign"),
                labels(list(Preset.ISIC2017, "ISIC_0000000", "ISIC_0000002", "ISIC_0000008")));
    }

    @Test
    void isic2018TakesLesionsFromTheirOwnFile() throws IOException {
        table(
                "ISIC2018_Task3_Training_GroundTruth.csv",
                "image,MEL,NV,BCC,AKIEC,BKL,DF,VASC",
                "ISIC_0024306,0.0,1.0,0.0,0.0,0.0,0.0,0.0",
                "ISIC_0024307,0.0,1.0,0.0,0.0,0.0,0.0,0.0",
                "ISIC_0024329,0.0,0.0,0.0,1.0,0.0,0.0,0.0");
        String[] images = {"ISIC_0024306", "ISIC_0024307", "ISIC_0024329"};
        String missing = assertThrows(UnusableInputException.class, () -> list(Preset.ISIC2018, images))
                .getMessage();
        assertTrue(missing.contains("LesionGroupings.csv") && missing.contains("--group-column none"), missing);
        table(
                "ISIC2018_Task3_Training_LesionGroupings.csv",
                "image,lesion_id,diagnosis_confirm_type",
                "ISIC_0024306,HAM_0000550,serial imaging showing no change",
                "ISIC_0024307,HAM_0000550,serial imaging showing no change",
                "ISIC_0024329,HAM_0002954,histopathology");
        SourceListing listing = list(Preset.ISIC2018, images);
        assertEquals(
                Map.of("ISIC_0024306", "benign", "ISIC_0024307", "benign", "ISIC_0024329", "malignant"),
                labels(listing));
        assertEquals(
                Map.of("ISIC_0024306", "HAM_0000550", "ISIC_0024307", "HAM_0000550", "ISIC_0024329", "HAM_0002954"),
                groups(listing));
    }

    @Test
    void isic2019TakesLesionsFromTheTableBesideIt() throws IOException {
        table(
                "ISIC_2019_Training_GroundTruth.csv",
                "image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK",
                "ISIC_0000000,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0",
                "ISIC_0000013,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,0.0",
                "ISIC_0000014,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0",
                "ISIC_0000015,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0");
        String[] images = {"ISIC_0000000", "ISIC_0000013", "ISIC_0000014", "ISIC_0000015"};
        assertTrue(assertThrows(UnusableInputException.class, () -> list(Preset.ISIC2019, images))
                .getMessage()
                .contains("ISIC_2019_Training_Metadata.csv"));
        table(
                "ISIC_2019_Training_Metadata.csv",
                "image,age_approx,anatom_site_general,lesion_id,sex",
                "ISIC_0000013,30.0,upper extremity,BCN_0000001,male",
                "ISIC_0000000,55.0,anterior torso,,female",
                "ISIC_0000015,30.0,upper extremity,BCN_0000001,male");
        SourceListing listing = list(Preset.ISIC2019, images);
        assertEquals(
                Map.of("ISIC_0000000", "benign", "ISIC_0000013", "malignant", "ISIC_0000015", "malignant"),
                labels(listing));
        assertEquals(
                Map.of("ISIC_0000000", "ISIC_0000000", "ISIC_0000013", "BCN_0000001", "ISIC_0000015", "BCN_0000001"),
                groups(listing));
        assertEquals("ISIC_0000014", listing.skipped().get(0).path().replaceAll(".*/(.*)\\.jpg", "$1"));
        assertEquals(
                List.of("age_approx", "anatom_site_general", "lesion_id", "sex", "attribution", "copyright_license"),
                listing.extraColumns());
    }

    @Test
    void isic2020() throws IOException {
        table(
                "train.csv",
                "image_name,patient_id,sex,age_approx,anatom_site_general_challenge,diagnosis,benign_malignant,target",
                "ISIC_2637011,IP_7279968,male,45.0,head/neck,unknown,benign,0",
                "ISIC_0015719,IP_7279968,female,45.0,upper extremity,melanoma,malignant,1");
        SourceListing listing = list(Preset.ISIC2020, "ISIC_2637011", "ISIC_0015719");
        assertEquals(Map.of("ISIC_2637011", "benign", "ISIC_0015719", "malignant"), labels(listing));
        assertEquals("IP_7279968", groups(listing).get("ISIC_0015719"));
    }

    @Test
    void aMissingTableIsNamed() {
        String message = assertThrows(
                        UnusableInputException.class, () -> Preset.HAM10000.columns(folder, Optional.empty()))
                .getMessage();
        assertTrue(message.contains("HAM10000_metadata.csv") && message.contains("--labels"), message);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Preset.of("ham"))
                .getMessage()
                .contains("ham10000"));
    }
}
