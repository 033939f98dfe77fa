package org.lesionforge.generator;

/**
 * What a family of generators lets its user choose beside {@link GeneratorOptions}: a record. Its components are the keys in files and, by the
 * same names, the options of the command line; a component that is a record itself groups some of them. Each has its {@link Meaning}.
 */
public interface ModelOptions {}
