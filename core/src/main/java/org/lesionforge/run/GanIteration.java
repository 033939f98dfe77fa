package org.lesionforge.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.lesionforge.io.json.OptionalKey;

/**
 * One iteration of a GAN's training: a line of its {@code stats.jsonl}.
 *
 * @param iteration from 1
 * @param epoch from 1
 * @param lossD −log D(x) − log(1 − D(G(z))), mean over the batch
 * @param lossG −log D(G(z)) after the discriminator's update
 * @param dReal mean D(x), in (0, 1)
 * @param dFake mean D(G(z)) before the discriminator's update
 * @param gradientD length of the discriminator's gradient
 * @param gradientG length of the generator's gradient
 * @param skipped whether a net was left as it was
 * @param alarms that were raised at it
 */
public record GanIteration(
        long iteration,
        int epoch,
        double lossD,
        double lossG,
        double dReal,
        double dFake,
        double gradientD,
        double gradientG,
        @OptionalKey @JsonInclude(Include.NON_DEFAULT) Boolean skipped,
        @OptionalKey @JsonInclude(Include.NON_EMPTY) List<Alarm.Kind> alarms) {
    /**
     * Fills in what a line leaves out because there is nothing of it.
     *
     * @param iteration from 1
     * @param epoch from 1
     * @param lossD at least 0; like every other number not finite where training has failed
     * @param lossG at least 0
     * @param dReal in (0, 1)
     * @param dFake in (0, 1)
     * @param gradientD at least 0
     * @param gradientG at least 0
     * @param skipped null means false
     * @param alarms null means none
     */
    public GanIteration {
        skipped = skipped != null && skipped;
        alarms = alarms == null ? List.of() : alarms;
    }
}
