// The bundler takes stylesheets out of the script and writes them beside it.
declare module '*.css';
