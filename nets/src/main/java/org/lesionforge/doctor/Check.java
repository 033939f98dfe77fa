package org.lesionforge.doctor;

import java.io.IOException;
import java.util.List;

/** One thing that can be in order or not. */
@FunctionalInterface
interface Check {
    /** @throws IOException when what is to be checked cannot be read, which is a finding too */
    List<Finding> of(Host host) throws IOException;
}
