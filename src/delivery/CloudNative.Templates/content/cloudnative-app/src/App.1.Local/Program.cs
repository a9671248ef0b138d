using CloudNative.Local;

// Starts every service of cloudnative.yaml as a process of its own, until Ctrl-C. --help lists the options.
return await LocalApp.RunAsync(args);
