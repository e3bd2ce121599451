// The build puts a bundle of everything that this needs in the place of its compiled file: Node takes longer to find and
// read four hundred modules than to run them.
export { startEmbedded } from '../../../subnet/embedded/start-embedded.js';
