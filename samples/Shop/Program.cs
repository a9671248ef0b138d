using CloudNative.Local;
using Microsoft.Extensions.DependencyInjection;
using Shop.Smoke;

// Starts every service of cloudnative.yaml as a process of its own, until Ctrl-C. --help lists the options.
return await LocalApp.RunAsync(args, app => app.AddSwitch(
    "--smoke",
    "place 200 orders while two processes are killed and one restarts; tell whether each was shipped once, and stop",
    builder => builder.Services.AddHostedService<SmokeService>()));
