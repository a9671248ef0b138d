using System.Collections;
using System.Reflection;

// What a provider's package says of itself.
[assembly: AssemblyMetadata("CloudNative.Provider", "consul")]

// TEST_BEHAVIOUR: ready (default), never-ready, crash (at once), no-page (no /health/ready), stubborn (ignores SIGTERM).
var behaviour = Environment.GetEnvironmentVariable("TEST_BEHAVIOUR") ?? "ready";
if (behaviour == "crash")
{
    throw new InvalidOperationException("broken on purpose");
}

using var ignored = behaviour == "stubborn"
    ? System.Runtime.InteropServices.PosixSignalRegistration.Create(
        System.Runtime.InteropServices.PosixSignal.SIGTERM, context => context.Cancel = true)
    : null;

var builder = WebApplication.CreateBuilder(args);
if (behaviour == "stubborn")
{
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(5));
    builder.Services.AddHostedService<SlowToStop>();
}

var app = builder.Build();
var ready = behaviour != "never-ready";
app.MapGet("/ready/{value:bool}", (bool value) => ready = value);
if (behaviour != "no-page")
{
    app.MapGet("/health/ready", () => !ready ? Results.StatusCode(503) : Results.Ok());
}

app.MapGet("/", () => "hello");
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value));
app.MapGet("/directory", () => Environment.CurrentDirectory);
app.MapGet("/warn", (ILogger<Program> logger) => logger.LogWarning("this is a warning\nof two lines"));
app.MapGet("/spawn", () =>
{
    // A child that outlives its parent unless somebody sweeps it.
    using var child = System.Diagnostics.Process.Start("sleep", "600");
    return child.Id;
});
if (behaviour == "never-ready")
{
    app.Logger.LogInformation("waiting for a database that is not there");
}

app.Run();

internal sealed class SlowToStop : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
