/** What predictions come to: each arm's figures with their uncertainty, and each arm against the first. */
package org.lesionforge.experiment.statistics;
