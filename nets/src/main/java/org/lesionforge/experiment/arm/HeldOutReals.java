package org.lesionforge.experiment.arm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.lesionforge.data.TrainingPart;
import org.lesionforge.io.Seed;
import org.lesionforge.io.UnusableInputException;
import org.lesionforge.run.arm.Amount;
import org.lesionforge.run.arm.Arm;
import org.lesionforge.run.arm.ArmSource;

/**
 * The real training images that arms of the source {@code real} add: as many as the largest of them asks for, which all other arms and all
 * generators do without. They are of every class in the ratio of the training part, group after group, and the same for all seeds; those of a smaller
 * number are among those of a larger one.
 */
public final class HeldOutReals {
    private static final Seed CHOICE = new Seed(0).of("held-out reals");

    private final TrainingPart whole;
    private final List<String> ids;

    private HeldOutReals(TrainingPart whole, List<String> ids) {
        this.whole = whole;
        this.ids = ids;
    }

    /**
     * {@return how many images the arms have held out}
     *
     * @param arms of an experiment
     */
    public static int count(List<Arm> arms) {
        return arms.stream()
                .filter(arm -> arm.source().equals(ArmSource.REAL))
                .mapToInt(arm -> ((Amount.Count) arm.amount()).number())
                .max()
                .orElse(0);
    }

    /**
     * The images that the arms of an experiment have held out.
     *
     * @param whole the training part
     * @param arms of the experiment
     * @return them; none where no arm adds real images
     * @throws UnusableInputException when too few would be left of a class
     */
    public static HeldOutReals of(TrainingPart whole, List<Arm> arms) {
        int count = count(arms);
        if (count == 0) {
            return new HeldOutReals(whole, List.of());
        }
        int[] shares = Imbalance.shares(count, whole.counts());
        record Place(String id, double position) {}
        List<Place> places = new ArrayList<>();
        for (int c = 0; c < shares.length; c++) {
            TrainingPart ofClass = whole.ofClass(whole.classes().get(c));
            if (shares[c] > 0 && ofClass.size() - shares[c] < 2) {
                throw new UnusableInputException("the arm real:" + count + " holds " + shares[c] + " of the "
                        + ofClass.size() + " training images of class '"
                        + whole.classes().get(c)
                        + "' out of all other arms, and they need at least 2 of them; ask for fewer");
            }
            List<String> drawn = drawn(ofClass, shares[c]);
            for (int i = 0; i < drawn.size(); i++) {
                places.add(new Place(drawn.get(i), (i + 0.5) / drawn.size()));
            }
        }
        places.sort(Comparator.comparingDouble(Place::position));
        return new HeldOutReals(whole, places.stream().map(Place::id).toList());
    }

    /** Whole groups as far as it comes out. */
    private static List<String> drawn(TrainingPart ofClass, int count) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        IntStream.range(0, ofClass.size())
                .forEach(i -> groups.computeIfAbsent(ofClass.group(i), unused -> new ArrayList<>())
                        .add(ofClass.id(i)));
        List<List<String>> order = List.copyOf(groups.values());
        return IntStream.of(CHOICE.permutation(order.size()))
                .boxed()
                .flatMap(i -> order.get(i).stream())
                .limit(count)
                .toList();
    }

    /** {@return what all other arms and the generators are trained on} */
    public TrainingPart others() {
        return ids.isEmpty() ? whole : whole.without(Set.copyOf(ids));
    }

    /**
     * {@return the real images that an arm is trained on}
     *
     * @param arm of the experiment
     */
    public TrainingPart of(Arm arm) {
        int own = count(List.of(arm));
        return own < ids.size() ? whole.without(Set.copyOf(ids.subList(own, ids.size()))) : whole;
    }
}
