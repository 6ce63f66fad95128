// Side-effect imports that bring no types.
declare module "@fontsource-variable/inter";
