export { tearDown as default } from './folders';
